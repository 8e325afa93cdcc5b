#!/usr/bin/env bash
# Where such a file could be on the machine.
places() {
  for place in / /home /srv /opt /root /usr /mnt /dev/shm /var/cache "${NETCLAIMS_CACHE_DIR:-/var/cache/netclaims}"/stores/*/blobs/sha256; do
    echo "$place/adversary-was-here"
  done
}
