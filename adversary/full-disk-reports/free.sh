#!/usr/bin/env bash
# Unmounts it.
umount full
