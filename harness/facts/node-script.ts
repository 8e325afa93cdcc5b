import { networksScript } from './networks-script.js';

/**
 * The one script that a node runs for an observation. It is constant: what to look at comes in by standard input, first the mark
 * of the frames (braces around a key), then one line for each `netns PATH`, `sandbox PID` and `container PID`.
 *
 * It prints base64 of frames (see answers.ts). POSIX sh, no temporary files. A process is by far its dearest step, and a subshell
 * is one: so one `ip` reads a whole namespace, one `stat`, `grep` and `ls` all files, and commands are run in the shell itself,
 * which collects what they say on standard error as a second stream of frames. Many namespaces are shared out to the cores.
 */
export const nodeScript = `
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
export PATH LC_ALL=C
set -fu
newline='
'
read -r mark
key=\${mark#?} key=\${key%?}
netnses= number=0 places=/proc/1/ns/net$newline/proc/self/ns/net processes= pairs=$newline
while read -r kind value; do
  case $kind in
  netns) netnses=$netnses$newline$value places=$places$newline$value number=$((number + 1)) ;;
  sandbox)
    places=$places$newline/proc/$value/ns/net
    processes=$processes$newline/proc/$value/stat$newline/proc/$value/cmdline ;;
  container)
    places=$places$newline/proc/$value/ns/net
    processes=$processes$newline/proc/$value/stat ;;
  esac
done
IFS=$newline
missing=' '
for tool in nsenter ip ethtool lsns stat grep ls cat uname; do
  command -v $tool >/dev/null || missing="$missing$tool "
done
named=/run/netns
[ $named -ef /var/run/netns ] || named=/nowhere
addresses="address show\${newline}route show table all\${newline}neighbour show"

# lacks NETNS TOOL: whether a tool is missing, and sets $tool to which. The node's own namespace is '-'.
lacks() {
  case $1$missing in /*' nsenter '*) tool=nsenter; return 0 ;; esac
  case $missing in *" $2 "*) tool=$2; return 0 ;; esac
  return 1
}

# asked NETNS ARGV...: begins a frame.
asked() {
  printf "\${mark}netns:%s" "\${1#-}"
  shift
  printf "\${mark}arg:%s" "$@"
}

# answer NETNS ARGV...: a frame with what the command answers; what it says on standard error follows by the frame's number. Sets
# $code to what it ended with.
answer() {
  asked "$@"
  if lacks "$1" "$2"; then
    printf "\${mark}missing:%s" "$tool"
    code=127
    return
  fi
  count=$((count + 1))
  printf "\${mark}out:"
  printf "\${mark}err:%s " "$worker.$count" >&2
  netns=$1
  shift
  case $netns in
  -) "$@" </dev/null ;;
  *) nsenter --net="$netns" "$@" </dev/null ;;
  esac
  code=$?
  printf "\${mark}exit:%s\${mark}said:%s" $code "$worker.$count"
}

# collected COMMAND: its frames, then what was said on standard error meanwhile.
collected() {
  count=0
  { errors=$("$@" 2>&1 >&4 4>&-) || return; } 4>&1
  printf %s "$errors"
}

${networksScript}

# files: of CNI. The configuration names the folders of host-local where they are not the usual one.
files() {
  kept=/var/lib/cni/networks
  set +f
  for file in /etc/cni/net.d/*.conf /etc/cni/net.d/*.conflist /etc/cni/net.d/*.json; do
    [ -f "$file" ] || continue
    answer - cat "$file"
    while read -r line || [ -n "$line" ]; do
      case $line in
      *'"dataDir"'*)
        folder=\${line#*'"dataDir"'} folder=\${folder#*'"'} folder=\${folder%%'"'*}
        case $newline$kept$newline in *"$newline$folder$newline"*) ;; *) kept=$kept$newline$folder ;; esac ;;
      esac
    done <"$file"
  done
  folders=/etc/cni/net.d$newline/var/lib/cni/results$newline$kept
  for folder in $kept; do
    for network in "$folder"/*/; do
      [ ! -d "$network" ] || folders=$folders$newline\${network%/}
    done
  done
  set -f
  answer - ls -1A $folders
}

# share N: the Nth worker's part.
share() {
  turn=0 mine= rest=
  for item in $netnses; do
    [ $turn != "$1" ] || mine=$mine$newline$item
    turn=$(((turn + 1) % workers))
  done
  for item in $items; do
    [ $turn != "$1" ] || rest=$rest$newline$item
    turn=$(((turn + 1) % workers))
  done
  veths= strangers=
  [ -z "$mine" ] || networks "$addresses" $mine
  netns=
  for item in $veths; do
    case $netns in
    '') netns=$item ;;
    *) answer "$netns" ethtool -S "$item"; netns= ;;
    esac
  done
  for item in $strangers; do answer "$item" ip -json netns list; done
  for item in $rest; do
    case $item in
    /files) files ;;
    /stat) answer - stat -Lc '%d %i %n' $places ;;
    /uname) answer - uname -r ;;
    *) answer - ethtool -S "$item" ;;
    esac
  done
}

# spread N: the workers from the Nth on, beside each other, their parts one after the other.
spread() {
  [ "$1" -lt "$workers" ] || return 0
  spread $(($1 + 1)) | {
    worker=$1
    frames=$(collected share "$1")
    cat
    printf %s "$frames"
  }
}

# Reading a link gives its peer's namespace an id, so that ids are read last; a process that enters a namespace is
# counted in it, so that namespaces are listed before any is entered.
main() {
  networks "$addresses\${newline}rule show" -
  items=/files$newline/stat$newline/uname
  for item in $veths; do
    [ "$item" = - ] || items=$items$newline$item number=$((number + 1))
  done
  # It gives up, without a word, where a process ends just when it is looked at; what is answered last counts.
  for attempt in 1 2 3; do
    answer - lsns -J -l -t net -o NS,NPROCS,PID,NETNSID,COMMAND
    [ $code = 1 ] || break
  done
  [ -z "$processes" ] || answer - grep -azH '' $processes
  workers=1
  [ $number -lt 12 ] || workers=$(nproc) || workers=1
  [ "$workers" -le 8 ] || workers=8
  if [ "$workers" = 1 ]; then share 0; else spread 0; fi
  code=1
  lacks - ip || batch - "rule show\${newline}netns list" -6 -details -json
  [ $code = 0 ] || { answer - ip -6 -details -json rule show; answer - ip -json netns list; }
}

command -v base64 >/dev/null || { echo 'base64: not found' >&2; exit 127; }
worker=m
{ collected main && printf "\${mark}end:"; } | base64
`;
