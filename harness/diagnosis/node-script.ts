/**
 * The one script that a node runs for a diagnosis. It is constant: what to look at comes in by standard input, a line each: the mark of the
 * frames, the namespace of the world, when it was opened (seconds since 1970), how many bytes of each command to print, and then
 * `POD NETNS` for each pod that has a network namespace of its own.
 *
 * It prints frames, each the mark, the name of a file and its content. What a node has no tool for is said in its place. POSIX sh.
 */
export const diagnosisScript = `
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
export PATH LC_ALL=C
set -fu
read -r mark
read -r namespace
read -r since
read -r most
limited=
command -v timeout >/dev/null && limited='timeout 5'

file() { printf '\\n%s%s\\n' "$mark" "$1"; }
command_line() { printf '\\n$ %s\\n' "$*"; }

# has TOOL: whether the node has it; says so where it has not.
has() {
  command -v "$1" >/dev/null && return
  echo "\`$1\` is not installed on this node"
  return 1
}

# answered ARGV...: what a command says on either stream, and its exit code where that is not 0.
answered() {
  $limited "$@" </dev/null 2>&1 || printf '(it ended with %s)\\n' $?
}

# show ARGV...: a command, and the beginning of what it says; show_end: the end of it.
show() { command_line "$@"; has "$1" || return 0; answered "$@" | head -c "$most"; }
show_end() { command_line "$@"; has "$1" || return 0; answered "$@" | tail -c "$most"; }

# network PREFIX...: the links, addresses, routes and sockets of a namespace.
network() {
  show "$@" ip -details -statistics address show
  show "$@" ip route show table all
  show "$@" ip rule show
  show "$@" ip neighbour show
  show "$@" ss -tunap
}

firewall() {
  show "$@" iptables-save
  show "$@" ip6tables-save
  show "$@" nft list ruleset
}

file network
network
show bridge link show
show bridge fdb show
for setting in ipv4/ip_forward ipv6/conf/all/forwarding bridge/bridge-nf-call-iptables; do
  [ ! -e /proc/sys/net/$setting ] || show cat /proc/sys/net/$setting
done
file firewall
firewall

file cni
show ls -l /etc/cni/net.d
set +f
for one in /etc/cni/net.d/*.conf /etc/cni/net.d/*.conflist /etc/cni/net.d/*.json; do
  [ ! -f "$one" ] || show cat "$one"
done
# Of the results only those of this world's pods. Each has the configuration in base64, which is above.
for one in /var/lib/cni/results/*; do
  [ -f "$one" ] && grep -q -- "$namespace" "$one" || continue
  show sed 's/"config":"[^"]*"/"config":"…"/' "$one"
done
for folder in /var/lib/cni/networks/*; do
  [ ! -d "$folder" ] || show ls -l "$folder"
done

file log
if [ -f /var/log/containerd.log ]; then
  show_end cat /var/log/containerd.log
else
  show_end journalctl --no-pager --quiet --output=short-iso --since="@$since" --unit=kubelet --unit=containerd --unit=crio --unit=docker --unit=k3s --unit=k3s-agent
fi

for folder in /var/log/pods/"\${namespace}"_*; do
  [ -d "$folder" ] || continue
  pod=\${folder#*_} pod=\${pod%_*}
  for one in "$folder"/*/*.log; do
    [ -f "$one" ] || continue
    container=\${one%/*} attempt=\${one##*/}
    file "pod-$pod-\${container##*/}-\${attempt%.log}.log"
    tail -c "$most" "$one"
  done
done
set -f

while read -r pod netns; do
  file "pod-$pod-network"
  if [ -e "$netns" ]; then
    network nsenter --net="$netns"
    firewall nsenter --net="$netns"
  else
    echo "there is no $netns on this node any more"
  fi
done
file end
`;
