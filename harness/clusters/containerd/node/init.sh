#!/bin/sh
# init.sh HOSTNAME STORE: the first process of a node, in mount, UTS, IPC, network and PID namespaces of its own.
#
# STORE is a containerd root made before, whose images the node shares without being able to change them; a STORE with
# a folder `new` gets its content from this node.
#
# It prints its process id, as the machine counts, once the file systems are there, and starts containerd at the line
# `start`. Then the node ends with its standard input, unless the line `keep` comes in first. Every mount of the machine is
# hidden or read-only here, except its cgroups: all else that a node writes is memory of its own.
set -eu
# The process file system is still the machine's.
read -r pid rest </proc/self/stat
hostname=$1 store=$2

mount -t proc proc /proc
mount -t tmpfs -o mode=0755 netclaims /run
own=/run/netclaims
containerd=$own/var/lib/containerd
mkdir -p "$containerd" $own/var/log $own/var/tmp $own/etc $own/etc-work $own/cgroup $own/dev /run/lock /run/netns
chmod 1777 $own/var/tmp
chmod 0711 "$containerd"
ln -s /run $own/var/run

if [ -d "$store/new" ]; then
  mount --bind "$store/new" "$containerd"
else
  cp -R "$store/databases/." "$containerd"
  content=$containerd/io.containerd.content.v1.content
  mkdir -p "$content/ingest" "$content/blobs/sha256"
  mount -o bind,ro "$store/blobs" "$content/blobs"
  for snapshot in "$store"/snapshots/*; do
    place=$containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/${snapshot##*/}
    mkdir -p "$place"
    mount -o bind,ro "$snapshot" "$place"
  done
fi

# What lies below these on the machine is hidden from here on, so everything needed of it was bound above.
mount --rbind $own/var /var
mount -t tmpfs -o mode=1777 netclaims /tmp
mount -t overlay -o lowerdir=/etc,upperdir=$own/etc,workdir=$own/etc-work netclaims /etc
# /sys shows the links of the netns that it was mounted in.
mount --rbind /sys/fs/cgroup $own/cgroup
mount -t sysfs sysfs /sys
mount --rbind $own/cgroup /sys/fs/cgroup
# Beside the hierarchies of v1, a v2 one has nothing for containers, and crun takes no mixture of the two.
[ ! -d /sys/fs/cgroup/unified ] || mount -t tmpfs -o mode=0755 netclaims /sys/fs/cgroup/unified
# With v1, the folder of the hierarchies is a file system of its own.
[ -e /sys/fs/cgroup/cgroup.controllers ] || mount -o remount,bind,ro /sys/fs/cgroup

# The devices that runtimes and network plugins need; the disks of the machine are not among them.
mount -t tmpfs -o mode=0755,nosuid netclaims $own/dev
mkdir -m 1777 $own/dev/shm $own/dev/pts $own/dev/net
cp -a /dev/null /dev/zero /dev/full /dev/random /dev/urandom /dev/tty /dev/fd /dev/stdin /dev/stdout /dev/stderr $own/dev
[ ! -e /dev/net/tun ] || cp -a /dev/net/tun $own/dev/net
ln -s pts/ptmx $own/dev/ptmx
mount -t devpts -o newinstance,ptmxmode=0666,mode=0620 netclaims $own/dev/pts
mount --rbind $own/dev /dev

# All mounts of the node itself are below the folders that are passed over. A remount changes one mount and none below it. `mount` has a recursive one from util-linux 2.39 on only.
while read -r id parent device root place options rest; do
  case $place in
    /proc | /proc/* | /sys | /sys/* | /dev | /dev/* | /run | /run/* | /var | /var/* | /tmp | /tmp/* | /etc | /etc/*) continue ;;
  esac
  case $options in
    ro | ro,*) continue ;;
  esac
  case $place in
    # Blanks and backslashes are octal there.
    *\\*) place=$(printf '%b' "$(printf %s "$place" | sed 's/\\/\\0/g')") ;;
  esac
  # With the other options of the mount, as a remount drops those that it does not name.
  if ! said=$(mount -o "remount,bind,$options,ro" "$place" 2>&1) && [ -e "$place" ]; then
    echo "$place of the machine cannot be made read-only in a node: $said" >&2
    exit 1
  fi
done </proc/self/mountinfo

rm -rf /etc/cni /etc/containerd /etc/resolv.conf
mkdir -p /etc/cni/net.d /etc/containerd $own/cni-bin
: >/etc/resolv.conf
echo "$hostname" >/etc/hostname
printf '127.0.0.1 localhost %s\n::1 localhost\n' "$hostname" >/etc/hosts
hostname "$hostname"
ip link set lo up
# As kubeadm wants it of a node: what comes for a pod is passed on.
for forwarding in /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv6/conf/all/forwarding; do
  [ ! -e $forwarding ] || echo 1 >$forwarding
done

echo "$pid"
read -r start
[ "$start" = start ]
exec 3<&0 </dev/null
containerd --config /etc/containerd/config.toml >/var/log/containerd.log 2>&1 3<&- &
echo $! >$own/containerd.pid

# Waiting reaps, too: orphans of the node become children of its first process.
head -n 1 <&3 >$own/last-word &
wait $!
if [ "$(cat $own/last-word)" = keep ]; then
  exec >/dev/null 2>&1 3<&-
  while :; do
    sleep infinity &
    # One that is killed does not end the node.
    wait $! || :
  done
fi
