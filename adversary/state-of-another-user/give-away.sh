#!/usr/bin/env bash
# Gives the folder to nobody.
chown 65534 "$NETCLAIMS_STATE_DIR"
