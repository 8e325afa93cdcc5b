#!/usr/bin/env bash
# Kills the node of this case.
docker kill adversary-node-worker
