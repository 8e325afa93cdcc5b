/**
 * The part of the node's script that reads what is in network namespaces: their links, addresses, routes and neighbours, by one
 * process each. It leaves to node-script.ts what the links then give reason to ask.
 */
export const networksScript = `# batch NETNS LINES OPTION...: a frame with the answers to several commands of one ip, on both streams. ip finds namespaces that
# have a name there by itself, which saves a process.
batch() {
  netns=$1 lines=$2
  shift 2
  asked "$netns" ip "$@" -batch -
  printf "\${mark}in:%s\${mark}both:" "$lines"
  case $netns in
  -) ip "$@" -batch - 2>&1 ;;
  "$named"/*/*) nsenter --net="$netns" ip "$@" -batch - 2>&1 ;;
  "$named"/*) ip -n "\${netns##*/}" "$@" -batch - 2>&1 ;;
  *) nsenter --net="$netns" ip "$@" -batch - 2>&1 ;;
  esac <<END
$lines
END
  code=$?
  printf "\${mark}exit:%s" $code
}

# each NETNS LINES OPTION...: the same commands, a process for each.
each() {
  netns=$1 lines=$2
  shift 2
  for line in $lines; do
    IFS=' '
    answer "$netns" ip "$@" $line
    IFS=$newline
  done
}

# networks LINES NETNS...: what one ip reads in each of the namespaces; each line on its own where it fails. A dump that changed
# meanwhile is read again, as netlink has it. Sets $veths to the veths, as lines of NETNS and NAME in turn, and $strangers
# to the namespaces of those whose other end is not on the node.
networks() {
  lines=$1 veths= strangers= failed=
  shift
  if lacks "\${1--}" ip; then
    failed=$*
  else
    again=$*
    for attempt in 1 2 3; do
      frames=$(for place in $again; do batch "$place" "$lines" -details -json; done)
      printf %s "$frames"
      scan
      [ -n "$again" ] || break
    done
  fi
  for place in $failed; do each "$place" "$lines" -details -json; done
}

# scan: reads $frames, brace by brace.
scan() {
  again= last= netns=- interrupted=
  IFS='{'
  for part in $frames; do
    case $last$part in
    "$key"netns:*) netns=\${part#netns:} netns=\${netns:--} interrupted= ;;
    "$key"exit:0) again=$again$interrupted ;;
    "$key"exit:*) failed=$failed$newline$netns ;;
    *'Dump was interrupted'*) interrupted=$newline$netns ;;
    *)
      case $part in
      '"ifindex":'*) link=$part ;;
      '"info_kind":"veth"'*) veth ;;
      esac ;;
    esac
    last=$part
  done
  IFS=$newline
}

# veth: notes the one in $link.
veth() {
  name=\${link#*'"ifname":"'}
  veths=$veths$newline$netns$newline\${name%%'"'*}
  case $link in
  *'"link_netnsid":'*) ;;
  *) return ;;
  esac
  own=\${link#*:} peer=\${link#*'"link_index":'}
  own=\${own%%,*} peer=\${peer%%,*}
  if [ "$netns" = - ]; then
    pairs=$pairs$own:$peer$newline
  else
    case $pairs in *"$newline$peer:$own$newline"*) return ;; esac
    case $strangers$newline in *"$newline$netns$newline"*) ;; *) strangers=$strangers$newline$netns ;; esac
  fi
}`;
