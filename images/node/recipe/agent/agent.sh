#!/bin/sh
# The network of one node: a CNI configuration for its own pods, a route to the pods of every other node, and masquerading of what pods
# send beyond the cluster. It follows the API's nodes; each line of the watch is one node in its newest state.
set -eu
: "${NODE_NAME:?}" "${POD_SUBNET:?}"
conflist=/etc/cni/net.d/10-node-network.conflist
kubeconfig=/etc/api-server/kubeconfig.conf

family() { case $1 in *:*) echo -6 ;; *) echo -4 ;; esac; }

# Without kube-proxy's kubeconfig, as where something else stands in for kube-proxy, the API is reached as any pod does.
api() {
  if [ -f "$kubeconfig" ]; then kubectl --kubeconfig "$kubeconfig" "$@"; else kubectl "$@"; fi
}

# Its arguments are this node's podCIDRs.
write_conflist() {
  ranges='' routes=''
  for cidr; do
    ranges="$ranges${ranges:+, }[{\"subnet\": \"$cidr\"}]"
    case $cidr in *:*) routes="$routes${routes:+, }{\"dst\": \"::/0\"}" ;; *) routes="$routes${routes:+, }{\"dst\": \"0.0.0.0/0\"}" ;; esac
  done
  # The MTU of the link that leads to the other nodes.
  mtu=$(cat /sys/class/net/eth0/mtu 2>/dev/null || echo 1500)
  cat >"$conflist.new" <<CONFLIST
{
  "cniVersion": "0.3.1",
  "name": "node-network",
  "plugins": [
    {
      "type": "ptp",
      "ipMasq": false,
      "mtu": $mtu,
      "ipam": {"type": "host-local", "dataDir": "/run/cni-ipam-state", "ranges": [$ranges], "routes": [$routes]}
    },
    {"type": "portmap", "capabilities": {"portMappings": true}}
  ]
}
CONFLIST
  # The runtime reads the folder whenever it changes, so the file must appear complete, and only when it differs.
  if cmp -s "$conflist.new" "$conflist"; then rm "$conflist.new"; else mv "$conflist.new" "$conflist"; fi
}

masquerade() {
  for subnet in $(echo "$POD_SUBNET" | tr , ' '); do
    case $subnet in *:*) tool=ip6tables ;; *) tool=iptables ;; esac
    rule="-s $subnet ! -d $subnet -m addrtype ! --dst-type LOCAL -m comment --comment node-network -j MASQUERADE"
    # shellcheck disable=SC2086
    $tool -w -t nat -C POSTROUTING $rule 2>/dev/null || $tool -w -t nat -A POSTROUTING $rule
  done
}

# EVENT NAME ADDRESSES CIDRS, the last two separated by commas.
follow_node() {
  event=$1 name=$2 addresses=$(echo "$3" | tr , ' ') cidrs=$(echo "$4" | tr , ' ')
  if [ "$name" = "$NODE_NAME" ]; then
    # shellcheck disable=SC2086 # a list
    write_conflist $cidrs
    return
  fi
  for cidr in $cidrs; do
    for address in $addresses; do
      [ "$(family "$cidr")" = "$(family "$address")" ] || continue
      case $event in
        DELETED) ip "$(family "$cidr")" route del "$cidr" via "$address" || true ;;
        *) ip "$(family "$cidr")" route replace "$cidr" via "$address" ;;
      esac
    done
  done
}

masquerade
columns='EVENT:.type,NAME:.object.metadata.name'
columns="$columns,ADDRESSES:.object.status.addresses[?(@.type==\"InternalIP\")].address,CIDRS:.object.spec.podCIDRs[*]"
while true; do
  # A watch ends when the API server says so or restarts; a new one begins with all nodes again.
  api get nodes --watch --output-watch-events --no-headers --output "custom-columns=$columns" | while read -r event name addresses cidrs; do
    if [ "$cidrs" = '<none>' ] || [ "$addresses" = '<none>' ]; then continue; fi
    follow_node "$event" "$name" "$addresses" "$cidrs"
  done
  sleep 1
done
