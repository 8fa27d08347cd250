# Gathers what a container shows from inside. Needs sh, cat and, for write attempts, rm; tr, stat, ls, readlink and timeout are used when they are there.
# Changes nothing: every file it creates is empty, new (noclobber) and removed at once. Private keys are never read.
#
# Given before this text: M marker of a frame, U unique name for files, ONLY_PROCESSES, ONLY_CONFIGURATION, WORDS and FILES (one "purpose path" per line), and R, the root
# of the file system: nothing in a container, a made-up tree in tests. Of the products, one a line: PROGRAMS that may be the server, HARMLESS variables, HOMES and
# FOLDERS of their images; TOKEN is the file that a client keeps its token in.
# A frame is NEWLINE M SPACE name NEWLINE content NEWLINE M SPACE = SPACE exit-code NEWLINE; M is random, so no content can imitate it.
# Lists inside a frame end each item with NUL. Function and variable names are global in sh: positional parameters are the only locals.
LC_ALL=C
export LC_ALL
umask 077
nl='
'
have() { command -v "$1" >/dev/null 2>&1; }
is_in() { case $nl$1$nl in *"$nl$2$nl"*) ;; *) return 1 ;; esac; }
begin() { printf '\n%s %s\n' "$M" "$1"; }
end() { printf '\n%s = %s\n' "$M" "$1"; }
text() { begin "$1"; printf '%s' "$2"; end 0; }
show() { begin "$1"; cat "$2" 2>/dev/null; end "$?"; }

# Where a symbolic link points.
target() {
    if have readlink; then readlink "$1" 2>/dev/null
    elif have ls; then long=$(ls -l "$1" 2>/dev/null) && printf '%s\n' "${long#* -> }"
    else return 1
    fi
}

# The NUL-terminated items of a file as lines. A newline inside an item becomes \001, or ends the item where there is no tr.
items() {
    if have tr; then tr '\000\n' '\n\001' <"$1" 2>/dev/null
    else
        rest=$(cat -v "$1" 2>/dev/null)
        while [ -n "$rest" ]; do
            item=${rest%%^@*}
            printf '%s\n' "${item%%"$nl"*}"
            case $rest in *^@*) rest=${rest#*^@} ;; *) rest= ;; esac
        done
    fi
}

# All names of an environment, but values of harmless names only: nothing else leaves the container.
environment() {
    { true <"$1"; } 2>/dev/null || return 1
    items "$1" | while IFS= read -r pair; do
        name=${pair%%=*}
        case $pair in *=*) ;; *) continue ;; esac
        case $name in '' | [0-9]* | *[!A-Za-z0-9_]*) continue ;; esac
        if is_in "$HARMLESS" "$name"; then printf '%s\000' "$pair"; else printf '%s\000' "$name"; fi
    done
}

# The cgroup tells the processes of this container from those of others in a shared process namespace.
session_group=$(cat "$R/proc/self/cgroup" 2>/dev/null)
own() {
    theirs=$(cat "$1/cgroup" 2>/dev/null) && [ -n "$theirs" ] && [ -n "$session_group" ] || return 1
    if [ "$theirs" = "$session_group" ]; then printf y; else printf n; fi
}

# Creates a new empty file in a directory and removes it; prints the system's message when refused.
create() (
    exec 2>&1
    set -C
    : >"$R${1%/}/.vc-$U" && rm -f "$R${1%/}/.vc-$U"
)

# One file as seven items: purpose, path, existence, owner and mode by stat or by ls, writability, replaceability (y, n or nothing when not tried).
look() {
    k=$((k + 1))
    begin "file $k"
    exists=n owner= listed= append= replace=
    [ -e "$R$2" ] && exists=y
    if [ $exists = y ]; then
        if have stat; then owner=$(stat -L -c '%u %g %a' "$R$2" 2>/dev/null); fi
        if [ -z "$owner" ] && have ls; then listed=$(ls -lnLd "$R$2" 2>/dev/null); fi
        if [ -f "$R$2" ]; then append=n; (: >>"$R$2") 2>/dev/null && append=y; fi
        if have rm && [ "$2" != "${2%/*}" ]; then replace=n; create "${2%/*}/" >/dev/null && replace=y; fi
    fi
    for item in "$1" "$2" "$exists" "$owner" "$listed" "$append" "$replace"; do printf '%s\000' "$item"; done
    end 0
    [ $exists = y ] || return
    case $1 in
        config) show "content $k" "$R$2" ;;
        tls-certificate | tls-client-ca) begin "content $k"; certificate "$R$2"; end 0 ;;
    esac
}

# The first certificate of a PEM file; nothing else of it is printed, for a key may be in the same file.
certificate() {
    inside=
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in *'BEGIN CERTIFICATE'*) inside=1 ;; esac
        if [ -n "$inside" ]; then printf '%s\n' "$line"; fi
        case $line in *'END CERTIFICATE'*) return ;; esac
    done <"$1" 2>/dev/null
}

# A configuration argument: a file, or a folder whose .hcl and .json files count, hidden ones too, but no leftovers of editors. Relative ones start at the
# server's working directory.
configuration() {
    set -- "$1"
    case $1 in /*) ;; *) set -- "${directory%/}/$1" ;; esac
    if [ -d "$R$1" ]; then
        look config-folder "$1"
        for c in "$R${1%/}"/*.hcl "$R${1%/}"/*.json "$R${1%/}"/.*.hcl "$R${1%/}"/.*.json; do
            case ${c##*/} in '.#'* | '#'*'#') continue ;; esac
            [ -e "$c" ] && [ ! -d "$c" ] && look config "${c#"$R"}"
        done
    else
        look config "$1"
    fi
}

# Every configuration that the server was started with, in the four spellings of Go's flags.
configurations() {
    expected=
    set -f
    IFS=$nl
    set -- $arguments
    unset IFS
    set +f
    for argument in "$@"; do
        if [ -n "$expected" ]; then expected=; configuration "$argument"
        else
            case $argument in
                -config=* | --config=*) configuration "${argument#*=}" ;;
                -config | --config) expected=1 ;;
            esac
        fi
    done
}

# The numbers of the sockets that a process has open, one in each line. Fails when a single open file does not show what it is; files that are closed
# while they are checked are looked for again.
sockets() {
    have ls || return 1
    opened=$(ls -l "$1" 2>/dev/null) || opened=$(ls -l "$1" 2>/dev/null) || opened=$(ls -l "$1" 2>/dev/null) || return 1
    printf '%s\n' "$opened" | while IFS= read -r entry; do
        case $entry in *' -> socket:['*']')
            entry=${entry##*' -> socket:['}
            printf '%s\n' "${entry%]}" ;;
        *' -> '*) ;;
        l*) exit 1 ;;
        esac
    done
}

server=
for p in "$R"/proc/[0-9]*; do
    [ -e "$p/status" ] || continue
    i=${p##*/}
    for part in status comm cmdline limits stat uid_map attr/current; do show "process $i $part" "$p/$part"; done
    for part in cwd exe; do begin "process $i $part"; target "$p/$part"; end "$?"; done
    begin "process $i own"; own "$p"; end "$?"
    begin "process $i environ"; environment "$p/environ"; end "$?"
    begin "process $i sockets"; sockets "$p/fd"; end "$?"
    comm=
    { IFS= read -r comm <"$p/comm"; } 2>/dev/null
    if [ -z "$server" ] && is_in "$PROGRAMS" "$comm"; then
        IFS=$nl
        set -f
        set -- $(items "$p/cmdline")
        set +f
        unset IFS
        [ "$2" = server ] && server=$i && arguments=$(printf '%s\n' "$@")
    fi
done
text self "$$"
show self-limits "$R/proc/self/limits"
if [ -n "$ONLY_PROCESSES" ]; then
    begin done
    return 0
fi

k=0
directory=
if [ -n "$ONLY_CONFIGURATION" ]; then
    if [ -n "$server" ]; then
        directory=$(target "$R/proc/$server/cwd")
        configurations
    fi
    begin done
    return 0
fi

show core-pattern "$R/proc/sys/kernel/core_pattern"
show kernel-release "$R/proc/sys/kernel/osrelease"
show core-uses-pid "$R/proc/sys/kernel/core_uses_pid"
show suid-dumpable "$R/proc/sys/fs/suid_dumpable"
show tcp "$R/proc/net/tcp"
show tcp6 "$R/proc/net/tcp6"
show swaps "$R/proc/swaps"
show mountinfo "$R/proc/self/mountinfo"

if [ -e "$R/sys/fs/cgroup/cgroup.controllers" ]; then
    text cgroup 2
    group=$R/sys/fs/cgroup
    if [ ! -e "$group/memory.max" ]; then
        while IFS=: read -r number controllers path; do
            [ "$number$controllers" = 0 ] && [ -e "$group$path/memory.max" ] && group=$group$path
        done <"$R/proc/self/cgroup"
    fi
    for part in memory.max memory.swap.max memory.swap.current memory.zswap.max memory.zswap.writeback pids.max; do show "$part" "$group/$part"; done
elif [ -d "$R/sys/fs/cgroup/memory" ]; then
    text cgroup 1
    for part in limit_in_bytes memsw.limit_in_bytes swappiness; do show "memory.$part" "$R/sys/fs/cgroup/memory/memory.$part"; done
    show pids.max "$R/sys/fs/cgroup/pids/pids.max"
fi

# One write attempt as three items: path, result (written, refused, missing), message. A mounted file is opened for appending, without writing.
tried=$nl
written=$nl
attempts=0
attempt() {
    case $tried in *"$nl$1$nl"*) return ;; esac
    tried=$tried$1$nl
    attempts=$((attempts + 1))
    if [ -d "$R$1" ]; then message=$(create "$1")
    elif [ -f "$R$1" ]; then message=$(exec 2>&1; : >>"$R$1")
    elif [ -e "$R$1" ]; then return
    else
        printf '%s\000missing\000\000' "$1"
        return
    fi
    case $? in 0) result=written written=$written$1$nl ;; *) result=refused ;; esac
    printf '%s\000%s\000%s\000' "$1" "$result" "$message"
}

# Tries every directory below that may be writable. Mount points are tried on their own and their content belongs to them.
visited=0
walk() {
    for e in "$R${1%/}"/* "$R${1%/}"/.[!.]*; do
        [ -d "$e" ] && [ ! -L "$e" ] || continue
        e=${e#"$R"}
        case $e in /proc | /sys | /dev) continue ;; esac
        case $mounts in *"$nl$e$nl"*) continue ;; esac
        visited=$((visited + 1))
        [ "$visited" -le 6000 ] && [ "$attempts" -lt 400 ] || { cut=1; return; }
        [ -w "$R$e" ] && attempt "$e"
        [ "$2" -lt 4 ] && walk "$e" $(($2 + 1))
    done
}

mounts=$nl
writable=
while read -r number parent device root point options rest; do
    point=$(printf '%b.' "$point")
    point=${point%.}
    mounts=$mounts$point$nl
    case $point:$options in
        /proc:* | /proc/*) ;;
        *:rw*) writable=$writable$point$nl ;;
    esac
done <"$R/proc/self/mountinfo" 2>/dev/null

cut=
begin writes
if have rm; then
    IFS=$nl
    set -f
    set -- $HOMES $FOLDERS
    set +f
    unset IFS
    for d in / /bin /dev /dev/shm /etc /home /lib /opt /root /run /sbin /srv /tmp /usr /usr/bin /usr/lib /usr/local /usr/local/bin /usr/sbin \
        /var /var/lib /var/log /var/run /var/tmp "$@"; do
        attempt "$d"
    done
    IFS=$nl
    set -f
    set -- $writable
    set +f
    unset IFS
    for d in "$@"; do
        attempt "$d"
        # Where the top is refused, what lies below can be open all the same; where it is not, the mount is writable as a whole.
        case $written in *"$nl$d$nl"*) ;; *) walk "$d" 1 ;; esac
    done
    walk / 1
    end 0
else
    end 127
fi
text writes-cut "$cut"

executable=
if [ -n "$server" ]; then
    executable=$(target "$R/proc/$server/exe")
    directory=$(target "$R/proc/$server/cwd")
    [ -n "$executable" ] && look executable "$executable"
    configurations
fi
set -f
IFS=$nl
set -- $FILES
unset IFS
set +f
for item in "$@"; do look "${item%% *}" "${item#* }"; done

# A core file, whatever it is called: an ELF file of type 4.
inspected=0
is_core() {
    [ -f "$1" ] && [ ! -L "$1" ] && [ "$inspected" -lt 400 ] || return 1
    inspected=$((inspected + 1))
    case $(od -An -tx1 -N 18 "$1" 2>/dev/null) in *'7f 45 4c 46'*'04 00'*) return 0 ;; esac
    return 1
}

begin leftovers
set -f
IFS=$nl
set -- $writable $HOMES
unset IFS
set +f
dumps=
{ IFS= read -r dumps <"$R/proc/sys/kernel/core_pattern"; } 2>/dev/null
case $dumps in /*/*) dumps=${dumps%/*} ;; *) dumps= ;; esac
seen=$nl
for d in "$@" "$directory" "$HOME" /root "${TMPDIR:-/tmp}" /tmp "$dumps"; do
    [ -n "$d" ] && [ -d "$R$d" ] || continue
    case $seen in *"$nl${d%/}$nl"*) continue ;; esac
    seen=$seen${d%/}$nl
    d=$R${d%/}
    if have od; then
        for f in "$d"/* "$d"/.[!.]*; do
            case ${f##*/} in core | core.[0-9]* | core-* | *.core) continue ;; esac
            if is_core "$f"; then printf '%s\000' "${f#"$R"}"; fi
        done
    fi
    for f in "$d/core" "$d"/core.[0-9]* "$d"/core-* "$d"/*.core "$d/.ash_history" "$d/.bash_history" "$d/.sh_history" "$d/$TOKEN"; do
        # A directory called core is data of the file storage.
        if [ -f "$f" ]; then printf '%s\000' "${f#"$R"}"; fi
    done
    for program in $PROGRAMS; do
        for f in "$d/$program"-stacktrace-*; do
            if [ -f "$f" ]; then printf '%s\000' "${f#"$R"}"; fi
        done
        f=$d/$program-pprof
        if [ -d "$f" ]; then printf '%s\000' "${f#"$R"}"; fi
    done
done
end 0

begin words
set -f
IFS=$nl
set -- $WORDS
unset IFS
set +f
for word in "$@"; do
    case $word in
        */*) [ -x "$R$word" ] && [ ! -d "$R$word" ] ;;
        *) have "$word" ;;
    esac
    case $? in 0) found=y ;; *) found=n ;; esac
    printf '%s\000%s\000' "$word" "$found"
done
end 0

limit=
if have timeout; then limit='timeout 20'; fi
binary=$R$executable
if [ -z "$executable" ] || [ ! -x "$binary" ]; then
    binary=${PROGRAMS%%"$nl"*}
    for program in $PROGRAMS; do
        if have "$program"; then binary=$program; break; fi
    done
fi
begin version
printed=$($limit "$binary" version 2>&1)
code=$?
printf '%s' "${printed%%"$nl"*}"
end "$code"
begin done
