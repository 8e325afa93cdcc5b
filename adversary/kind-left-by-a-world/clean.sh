#!/usr/bin/env bash
# Removes the rule that the control left.
docker exec adversary-left-control-plane iptables -w -D FORWARD -s 192.0.2.9 -j DROP
