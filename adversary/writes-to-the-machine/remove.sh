#!/usr/bin/env bash
# Removes them.
. ./places.sh
places | xargs rm -f
