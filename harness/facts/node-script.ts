/**
 * The one script that a node runs for an observation. It is constant: what to look at comes in by standard input, first the mark
 * of the frames, then one line for each `netns PATH`, `sandbox PID` and `container PID`.
 *
 * It prints base64 of frames (see answers.ts). POSIX sh, no temporary files; a process is by far its dearest step, so that
 * one `ip` reads a whole namespace, one `stat` and one `grep` all processes, and the namespaces are shared out to the cores.
 */
export const nodeScript = `
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
export PATH LC_ALL=C
set -fu
newline='
'
read -r mark
netnses= places=/proc/1/ns/net$newline/proc/self/ns/net processes= veths= pairs=
while read -r kind value; do
  case $kind in
  netns) netnses=$netnses$newline$value places=$places$newline$value ;;
  sandbox)
    places=$places$newline/proc/$value/ns/net
    processes=$processes$newline/proc/$value/stat$newline/proc/$value/cmdline ;;
  container)
    places=$places$newline/proc/$value/ns/net
    processes=$processes$newline/proc/$value/stat ;;
  esac
done
IFS=$newline

# lacks NETNS TOOL: whether a tool is missing, and sets $tool to which.
lacks() {
  tool=nsenter
  [ -z "$1" ] || command -v nsenter >/dev/null || return 0
  tool=$2
  ! command -v "$2" >/dev/null
}

# within NETNS ARGV...: becomes the command; for subshells.
within() {
  place=$1
  shift
  [ -z "$place" ] || exec nsenter --net="$place" "$@"
  exec "$@"
}

# answer NETNS ARGV...: a frame with what the command answers.
answer() {
  printf "\${mark}netns:%s" "$1"
  place=$1
  shift
  printf "\${mark}arg:%s" "$@"
  if lacks "$place" "$1"; then
    printf "\${mark}missing:%s" "$tool"
    return
  fi
  printf "\${mark}out:"
  { errors=$(within "$place" "$@" 2>&1 >&4 4>&- </dev/null); code=$?; } 4>&1
  printf "\${mark}exit:%s\${mark}err:%s" "$code" "$errors"
}

# network NETNS LINES: a frame with the answers to several commands of one ip, kept in $json too; each on its own when it
# fails. A dump that changed meanwhile is to be read again, as netlink has it.
network() {
  json=
  if ! lacks "$1" ip; then
    for attempt in 1 2 3; do
      json=$(within "$1" ip -details -json -batch - 2>&1 <<END
$2
END
      )
      code=$?
      case $json in *'Dump was interrupted'*) ;; *) break ;; esac
    done
    printf "\${mark}netns:%s" "$1"
    printf "\${mark}arg:%s" ip -details -json -batch -
    printf "\${mark}in:%s" "$2"
    printf "\${mark}out:%s\${mark}exit:%s\${mark}err:" "$json" "$code"
    [ "$code" != 0 ] || return 0
  fi
  for line in $2; do
    IFS=' '
    answer "$1" ip -details -json $line
    IFS=$newline
  done
}

# scan: sets $names to the veths in $json, and $found to their 'ifindex:peer' where the peer is in another namespace.
scan() {
  names= found=
  IFS='{'
  for part in $json; do
    case $part in
    '"ifindex":'*) link=$part ;;
    '"info_kind":"veth"'*)
      name=\${link#*'"ifname":"'}
      names=$names$newline\${name%%'"'*}
      case $link in
      *'"link_netnsid":'*)
        own=\${link#*:} peer=\${link#*'"link_index":'}
        found=$found$newline\${own%%,*}:\${peer%%,*} ;;
      esac ;;
    esac
  done
  IFS=$newline
}

# pod NETNS. The names of the namespaces as it sees them cost a call for each, and are needed only for a veth whose
# other end is not on the node.
pod() {
  network "$1" "address show\${newline}route show table all\${newline}neighbour show"
  scan
  for name in $names; do answer "$1" ethtool -S "$name"; done
  for pair in $found; do
    case $pairs in
    *"$newline\${pair#*:}:\${pair%:*}$newline"*) ;;
    *) answer "$1" ip -json netns list; break ;;
    esac
  done
}

# The configuration names the folders of host-local where they are not the usual one.
cni() {
  answer '' ls -1A /etc/cni/net.d
  folders=/var/lib/cni/networks
  set +f
  for file in /etc/cni/net.d/*.conf /etc/cni/net.d/*.conflist /etc/cni/net.d/*.json; do
    [ -f "$file" ] || continue
    answer '' cat "$file"
    while read -r line || [ -n "$line" ]; do
      case $line in
      *'"dataDir"'*)
        folder=\${line#*'"dataDir"'} folder=\${folder#*'"'} folder=\${folder%%'"'*}
        case "$newline$folders$newline" in *"$newline$folder$newline"*) ;; *) folders=$folders$newline$folder ;; esac ;;
      esac
    done <"$file"
  done
  for folder in $folders; do
    answer '' ls -1A "$folder"
    for network in "$folder"/*/; do
      [ ! -d "$network" ] || answer '' ls -1A "\${network%/}"
    done
  done
  set -f
}

# share N: the Nth worker's part.
share() {
  turn=0
  for item in $items; do
    if [ "$turn" = "$1" ]; then
      case $item in
      /*) pod "$item" ;;
      @stat) answer '' stat -Lc '%d %i %n' $places ;;
      @uname) answer '' uname -r ;;
      @rules) answer '' ip -6 -details -json rule show ;;
      @cni) cni ;;
      @results) answer '' ls -1A /var/lib/cni/results ;;
      *) answer '' ethtool -S "$item" ;;
      esac
    fi
    turn=$(((turn + 1) % workers))
  done
}

# spread N: the workers from the Nth on, beside each other, their parts one after the other.
spread() {
  [ "$1" -lt "$workers" ] || return 0
  spread $(($1 + 1)) | {
    part=$(share "$1")
    cat
    printf %s "$part"
  }
}

# Reading a link gives its peer's namespace an id, so that ids are read last; a process that enters a namespace is
# counted in it, so that namespaces are listed before any is entered.
main() {
  network '' "address show\${newline}route show table all\${newline}neighbour show\${newline}rule show"
  scan
  pairs=$found$newline
  answer '' lsns -J -l -t net -o NS,NPROCS,PID,NETNSID,COMMAND
  [ -z "$processes" ] || answer '' grep -azH '' $processes
  workers=$(nproc) || workers=1
  [ "$workers" -le 8 ] || workers=8
  items=@cni$newline@stat$newline@rules$newline@uname$newline@results$newline$netnses$newline$names
  spread 0
  answer '' ip -json netns list
  printf "\${mark}end:"
}

command -v base64 >/dev/null || { echo 'base64: not found' >&2; exit 127; }
main | base64
`;
