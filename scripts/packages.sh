# Sourced by the scripts: installs what is missing from the distribution's packages.
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
present() { command -v "$1" >/dev/null 2>&1 || [ -n "$(ls /usr/sbin/"$1" /usr/lib/postgresql/*/bin/"$1" 2>/dev/null)" ]; }
fetch() {  # fetch PACKAGE…: 1 when it cannot be done
  command -v apt-get >/dev/null 2>&1 || return 1
  as_root sh -c "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $*" >/dev/null 2>&1
}
lacking() {  # lacking COMMAND:PACKAGE…: the packages whose command is absent
  local pair
  for pair in "$@"; do present "${pair%%:*}" || echo "${pair##*:}"; done
}
