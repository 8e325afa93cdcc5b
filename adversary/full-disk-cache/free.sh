#!/usr/bin/env bash
# Unmounts it.
umount "$NETCLAIMS_CACHE_DIR"
