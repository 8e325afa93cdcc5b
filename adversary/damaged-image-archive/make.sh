#!/usr/bin/env bash
# Makes what stands where an image archive should be.
set -euo pipefail
: >empty.tar
mkdir folder.tar
echo text >text.tar
echo '[null]' >manifest.json
tar -cf null.tar manifest.json
