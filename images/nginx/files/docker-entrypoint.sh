#!/bin/sh
# nginx does not start when it is to listen on IPv6 and the kernel was booted without it.
set -eu
[ -e /proc/net/if_inet6 ] || sed -i '/listen \[::\]/d' /etc/nginx/conf.d/default.conf
exec "$@"
