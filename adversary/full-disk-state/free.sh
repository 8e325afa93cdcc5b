#!/usr/bin/env bash
# Unmounts it.
umount "$NETCLAIMS_STATE_DIR"
