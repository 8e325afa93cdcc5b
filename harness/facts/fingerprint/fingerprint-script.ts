/**
 * What a node runs for a fingerprint: one command, POSIX sh. Its argument is a mark that nothing printed contains. Each frame is the mark,
 * the frame's name, a line break, what the command printed, the mark and the exit code. 127 says that the tool is missing.
 */
export const fingerprintScript = `
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
export PATH LC_ALL=C
mark=$1
frame() {
  name=$1
  shift
  printf '%s%s\\n' "$mark" "$name"
  if command -v "$1" >/dev/null; then
    "$@" </dev/null 2>&1
    code=$?
  else
    printf '%s is not installed' "$1"
    code=127
  fi
  printf '%s%s\\n' "$mark" "$code"
}
frame links ip -json -details address show
frame routes4 ip -json -4 route show table all
frame routes6 ip -json -6 route show table all
frame rules4 ip -json -4 rule show
frame rules6 ip -json -6 rule show
frame neighbours ip -json neighbour show nud permanent
frame nft nft --stateless list ruleset
for family in iptables ip6tables; do
  found=
  for kind in nft legacy; do
    command -v $family-$kind-save >/dev/null || continue
    found=1
    # The kernel lists the legacy tables that exist: without one there is nothing to print, and asking would load a module.
    [ $kind = nft ] || read -r table 2>/dev/null <"/proc/net/\${family%tables}_tables_names" || continue
    frame "$family-$kind" $family-$kind-save
  done
  [ -n "$found" ] || frame "$family" $family-save
done
frame sysctls grep -rs --exclude-dir=veth* --exclude-dir=cali* --exclude-dir=lxc* '' /proc/sys/net
names() {
  for file in /run/netns/*; do
    [ ! -e "$file" ] || printf '%s\\n' "\${file##*/}"
  done
}
frame namespaces names
configurations() {
  for file in /etc/cni/net.d/*; do
    [ ! -f "$file" ] || { printf '%s/%s\\n' "$mark" "$file"; cat "$file"; }
  done
}
frame configurations configurations
binaries() {
  for file in /run/netclaims/cni-bin/* /opt/cni/bin/* /usr/lib/cni/* /usr/libexec/cni/*; do
    [ ! -f "$file" ] || set -- "$@" "$file"
  done
  [ $# = 0 ] || stat -Lc '%n %s %Y' "$@"
}
frame binaries binaries
leases() {
  folders=/var/lib/cni/networks
  for file in /etc/cni/net.d/*.conf /etc/cni/net.d/*.conflist /etc/cni/net.d/*.json; do
    [ -f "$file" ] || continue
    while read -r line || [ -n "$line" ]; do
      case $line in
      *'"dataDir"'*)
        folder=\${line#*'"dataDir"'} folder=\${folder#*'"'} folder=\${folder%%'"'*}
        folders="$folders $folder" ;;
      esac
    done <"$file"
  done
  for folder in $folders; do
    for file in "$folder"/*/*; do
      [ ! -e "$file" ] || printf '%s\\n' "$file"
    done
  done
}
frame leases leases
printf '%send\\n' "$mark"
exit 0
`;
