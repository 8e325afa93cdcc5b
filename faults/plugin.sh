#!/bin/sh
# A CNI plugin with a fault. It stands under the name of a real plugin before that one, and has it do the work, except for what the
# script `fault` beside it says in an `add` and a `del` of its own.
set -eu
# What the real plugin, or a hook, prints by the way is no result.
exec 3>&1 >&2
config=$(cat) result=
# A step may have put another build before it: `NAME.before@…`.
plugin=${0##*/} plugin=${plugin%%.before@*}

# real [NAME]: has the real plugin (of that name) answer, in $result. Where it fails, so does this, after `failed`.
real() {
  for folder in /usr/lib/cni /opt/cni/bin; do
    [ ! -x "$folder/${1-$plugin}" ] || break
  done
  result=$(printf %s "$config" | "$folder/${1-$plugin}") || {
    failed
    finish 1
  }
}

# fail MESSAGE: ends with an error, as the CNI specification has it.
fail() {
  result=$(printf '{ "cniVersion": "0.4.0", "code": 100, "msg": "%s" }' "$1")
  finish 1
}

finish() {
  [ -z "$result" ] || printf '%s\n' "$result" >&3
  exit "$1"
}

# in_pod COMMAND…: with the node's tools in the pod's network namespace.
in_pod() {
  nsenter --net="$CNI_NETNS" "$@"
}

# The IPv4 address of the pod.
address() {
  in_pod ip -oneline -4 address show "$CNI_IFNAME" | sed 's/.* inet \([0-9.]*\).*/\1/'
}

# The node's end of the pod's veth.
node_end() {
  index=$(in_pod ip -oneline link show "$CNI_IFNAME" | sed 's/.*@if\([0-9]*\):.*/\1/')
  ip -oneline link | sed -n "s/^$index: \([^@:]*\).*/\1/p"
}

add() { real; }
del() { real; }
failed() { :; }
. "${0%/*}/fault"

case ${CNI_COMMAND-} in
ADD) add ;;
DEL) del ;;
*) real ;;
esac
finish 0
