/**
 * The one script that a node runs to tell what its container runtime has of a namespace's pods. It is constant: the mark of the frames and
 * the namespace come in by standard input, a line each, and then the containers whose records are known: they never change, and each costs a process.
 *
 * crictl speaks to any runtime. Where a node has none but has containerd, as one made of Debian's packages has, `ctr` reads containerd's own
 * records, which hold the same. A sandbox or container that goes away meanwhile makes its tool fail, so that all of it is read again.
 */
export const runtimeScript = `
PATH=$PATH:/usr/local/bin:/usr/local/sbin:/usr/sbin:/sbin
export PATH LC_ALL=C
set -u
read -r mark
read -r namespace
read -r known

frame() { printf '%s%s:' "$mark" "$1"; }

endpoint() {
  [ ! -f /etc/crictl.yaml ] && [ -z "\${CONTAINER_RUNTIME_ENDPOINT:-}" ] || return 0
  for socket in /run/containerd/containerd.sock /run/k3s/containerd/containerd.sock /run/crio/crio.sock /run/cri-dockerd.sock; do
    [ -S "$socket" ] || continue
    export CONTAINER_RUNTIME_ENDPOINT="unix://$socket"
    return 0
  done
}

with_crictl() {
  sandboxes=$(crictl pods --quiet --label "io.kubernetes.pod.namespace=$namespace") || return
  containers=$(crictl ps --all --quiet --label "io.kubernetes.pod.namespace=$namespace") || return
  sandboxes=$([ -z "$sandboxes" ] || crictl inspectp --output json $sandboxes) || return
  containers=$([ -z "$containers" ] || crictl inspect --output json $containers) || return
  frame crictl-sandboxes
  printf %s "$sandboxes"
  frame crictl-containers
  printf %s "$containers"
}

with_ctr() {
  ids=$(ctr --namespace k8s.io containers list --quiet "labels.\\"io.kubernetes.pod.namespace\\"==$namespace") || return
  tasks=$(ctr --namespace k8s.io tasks list) || return
  records=
  for id in $ids; do
    case " $known " in *" $id "*) continue ;; esac
    record=$(ctr --namespace k8s.io containers info "$id") || return
    records="$records$record
"
  done
  frame ctr-ids
  printf %s "$ids"
  frame ctr-containers
  printf %s "$records"
  frame ctr-tasks
  printf %s "$tasks"
}

read_with() {
  for attempt in 1 2 3; do
    answer=$("$1") && break
    [ "$attempt" != 3 ] || exit 1
  done
  printf %s "$answer"
}

if command -v crictl >/dev/null; then
  endpoint
  read_with with_crictl
elif command -v ctr >/dev/null; then
  read_with with_ctr
else
  echo 'neither crictl nor ctr is installed' >&2
  exit 127
fi
for file in /etc/cni/net.d/*; do
  case $file in *.conf | *.conflist | *.json) ;; *) continue ;; esac
  frame cni
  cat "$file"
  break
done
frame end
`;
