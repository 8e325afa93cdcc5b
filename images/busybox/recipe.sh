#!/bin/sh
# recipe.sh ROOTFS PACKAGES: one binary and a link per tool in it.
set -eu
umask 022
rootfs=$1 packages=$2

mkdir -p "$rootfs/bin" "$rootfs/etc" "$rootfs/root"
mkdir -m 1777 "$rootfs/tmp"
# /bin on some releases, /usr/bin on others
find "$packages/busybox-static" -type f -name busybox -exec install -m 0755 {} "$rootfs/bin/busybox" \;
# The list names busybox itself: a link over the binary would be a link to itself.
"$rootfs/bin/busybox" --list | grep -vx busybox | while read -r tool; do
  ln -s busybox "$rootfs/bin/$tool"
done

printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/home:/bin/false\n' >"$rootfs/etc/passwd"
printf 'root:x:0:\nnogroup:x:65534:\n' >"$rootfs/etc/group"
