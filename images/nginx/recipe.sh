#!/bin/sh
# recipe.sh ROOTFS PACKAGES: laid out as the public image is, so that manifests written for that one work.
set -eu
umask 022
rootfs=$1 packages=$2
here=$(dirname "$0")

sh "$here/../busybox/recipe.sh" "$rootfs" "$packages"

# All libraries in one folder that the loader searches on every architecture; /lib and /lib64 are where the loader itself is looked for.
mkdir -p "$rootfs/usr/lib" "$rootfs/usr/sbin"
ln -s usr/lib "$rootfs/lib"
ln -s usr/lib "$rootfs/lib64"
library() {
  found=$(find "$packages" \( -path '*/lib/*' -o -path '*/lib64/*' \) -name "$1" ! -path '*/gconv/*' -print -quit)
  [ -n "$found" ] || { echo "no package has the library $1" >&2; exit 1; }
  # -L: a library's name is often a link to the file with the version in its name
  cp -L "$found" "$rootfs/usr/lib/${found##*/}"
}
library 'ld-linux*.so.*'
for name in libc.so.6 libcrypt.so.1 libpcre2-8.so.0 libssl.so.3 libcrypto.so.3 libz.so.1; do
  library "$name"
done

install -m 0755 "$packages/nginx/usr/sbin/nginx" "$rootfs/usr/sbin/nginx"
mkdir -p "$rootfs/etc/nginx" "$rootfs/usr/share/nginx/html" "$rootfs/var/lib/nginx" "$rootfs/var/log/nginx" "$rootfs/run"
install -m 0644 "$packages/nginx-common/etc/nginx/mime.types" "$rootfs/etc/nginx/mime.types"
cp -R "$here/files/." "$rootfs/"
chmod 0755 "$rootfs/docker-entrypoint.sh"
ln -s /run "$rootfs/var/run"
ln -s /dev/stdout "$rootfs/var/log/nginx/access.log"
ln -s /dev/stderr "$rootfs/var/log/nginx/error.log"

printf 'www-data:x:33:33:www-data:/var/www:/bin/false\nnginx:x:101:101:nginx:/nonexistent:/bin/false\n' >>"$rootfs/etc/passwd"
printf 'www-data:x:33:\nnginx:x:101:\n' >>"$rootfs/etc/group"
