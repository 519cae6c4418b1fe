#!/bin/bash
# Proves make demo and make test on a Debian 12 where nobody installed anything: a fresh root with only make in it, into which
# the Swift toolchain and copies of the Swift packages are mounted. For maintainers; needs root, debootstrap and a network.
#
# usage: SWIFT_TOOLCHAIN=/path [SWIFT_PACKAGES=/path] [DEBIAN_MIRROR=url] Scripts/bare-root.sh FOLDER [TARGET...]
#   SWIFT_TOOLCHAIN  the folder that holds usr/bin/swift
#   SWIFT_PACKAGES   a folder of bare clones, OWNER/NAME.git, that stands for https://github.com/
#   FOLDER           where the root is made; made again when it is not there
#   TARGET           what to make; default: demo test
set -euo pipefail
folder=${1:?usage: Scripts/bare-root.sh FOLDER [TARGET...]}
shift
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(demo test)
toolchain=${SWIFT_TOOLCHAIN:?set SWIFT_TOOLCHAIN to the folder that holds usr/bin/swift}
packages=${SWIFT_PACKAGES:-}
here=$(cd "$(dirname "$0")/.." && pwd)

if [ ! -x "$folder/bin/sh" ]; then
    debootstrap --variant=minbase --include=make bookworm "$folder" ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"}
fi
root=$(cd "$folder" && pwd)
rm -rf "$root/root/fanpai"
git clone -q --no-local "$here" "$root/root/fanpai"
mkdir -p "$root/opt/toolchain" "$root/opt/packages"
cp -L /etc/resolv.conf "$root/etc/resolv.conf"
if [ -n "$packages" ]; then
    printf '[url "/opt/packages/"]\n\tinsteadOf = https://github.com/\n[safe]\n\tdirectory = *\n' >"$root/etc/gitconfig"
fi

# A mount namespace of its own: nothing stays mounted when this ends, however it ends.
export root toolchain packages
unshare --mount --pid --fork bash -euo pipefail -c '
    mount --make-rprivate /
    mount --bind "$toolchain" "$root/opt/toolchain"
    mount -o remount,bind,ro "$root/opt/toolchain"
    if [ -n "$packages" ]; then
        mount --bind "$packages" "$root/opt/packages"
        mount -o remount,bind,ro "$root/opt/packages"
    fi
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    exec chroot "$root" env -i HOME=/root LANG=C.UTF-8 TERM=dumb ${FUZZ_SECONDS:+FUZZ_SECONDS=$FUZZ_SECONDS} \
        PATH=/opt/toolchain/usr/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        sh -c "cd /root/fanpai && for target in $*; do make \$target || exit; done"
' bare-root "${targets[@]}"
