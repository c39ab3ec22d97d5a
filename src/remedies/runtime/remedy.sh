# What every remedy for Linux can do. POSIX sh and the system's own tools; nothing is fetched, nothing parsed
# that depends on the language of the system. Every command that changes something goes through kb_change.
LC_ALL=C
export LC_ALL
umask 077
KB_DRY=0 KB_YES=0 KB_KEEP=0 KB_TASK=run
KB_RUN='' KB_STAMP='' KB_N=0 KB_ONLY='' KB_ACTED=0 KB_FAILED='' KB_STUCK='' KB_REASON=''

kb_say() {
  printf '%s\n' "$*"
  [ -z "$KB_RUN" ] || printf '%s %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$*" >>"$KB_RUN/log.txt"
}

kb_refuse() { # nothing was changed
  printf '%s\n' "$*" >&2
  exit 1
}

kb_fail() {
  KB_REASON=$*
  return 1
}

# The only door to changes: a dry run can't pass it.
kb_change() {
  [ "$KB_DRY" = 0 ] || kb_refuse 'A dry run tried to change something. This is an error in the script.'
  "$@"
}

kb_would() { # in a dry run: says so, and the caller returns
  [ "$KB_DRY" = 1 ] || return 1
  KB_ACTED=1
  kb_say "       would $*"
}

kb_mark() { kb_change kb_write_mark "$1" "${2:-}"; }
kb_write_mark() { printf '%s\n' "$2" >"$KB_RUN/$1"; }
kb_marked() { [ -n "$KB_RUN" ] && [ -e "$KB_RUN/$1" ]; }
kb_began() { kb_mark "$KB_N.began"; }

kb_exists() { [ -e "$1" ] || [ -L "$1" ]; }

# Paths stand below the root folder of a test, where there is one. Sets KB_AT.
kb_place() {
  KB_AT=$1
  case $KB_AT in
    *'{machine-id}'*)
      kb_machine=''
      [ ! -r "$KB_ROOT/etc/machine-id" ] || IFS= read -r kb_machine <"$KB_ROOT/etc/machine-id" || :
      case $kb_machine in
        '' | *[!0-9a-f]*) kb_machine=unknown-machine-id ;;
      esac
      KB_AT=${KB_AT%%'{machine-id}'*}$kb_machine${KB_AT#*'{machine-id}'}
      ;;
  esac
  KB_AT=$KB_ROOT$KB_AT
}

# Where the step keeps what it moves. Sets KB_ASIDE.
kb_aside() {
  case $2 in
    beside) KB_ASIDE=$1.kbalertz-$KB_STAMP ;;
    backup) KB_ASIDE=$KB_RUN/$KB_N-moved ;;
  esac
}

# Renames; to the backup folder, which may be on another volume: copies, compares, then removes.
kb_move() { # from to how
  if [ "$3" = beside ]; then
    kb_change mv -- "$1" "$2"
    return
  fi
  kb_copy "$1" "$2" || return 1
  kb_change mv -- "$1" "$1.kbalertz-moved" || return 1
  kb_change rm -rf -- "$1.kbalertz-moved"
}

# A copy has its name only when it is whole.
kb_copy() { # from to
  kb_change rm -rf -- "$2.kbalertz-part"
  kb_change cp -pPR -- "$1" "$2.kbalertz-part" && kb_same "$1" "$2.kbalertz-part" && kb_change mv -- "$2.kbalertz-part" "$2"
}

kb_same() {
  if [ -L "$1" ] || [ -L "$2" ]; then
    [ -L "$1" ] && [ -L "$2" ] && [ "$(readlink "$1")" = "$(readlink "$2")" ]
  elif [ -d "$1" ]; then
    diff -r --no-dereference -- "$1" "$2" >/dev/null 2>&1
  else
    cmp -s -- "$1" "$2"
  fi
}

# What others put in the place since is kept under another name.
kb_make_room() {
  kb_exists "$1" || return 0
  kb_later=$1.kbalertz-$KB_STAMP-later
  while kb_exists "$kb_later"; do kb_later=$kb_later-again; done
  kb_change mv -- "$1" "$kb_later" || return 1
  kb_say "       what has come in its place since is kept as $kb_later"
}

kb_move_back() { # place aside how
  kb_change rm -rf -- "$2.kbalertz-part"
  if ! kb_exists "$2"; then
    return 0
  fi
  if [ "$3" = beside ]; then
    kb_make_room "$1" && kb_change mv -- "$2" "$1"
    return
  fi
  # It had been copied only, or was copied back already.
  if kb_exists "$1" && kb_same "$2" "$1"; then
    kb_change rm -rf -- "$2"
    return
  fi
  kb_make_room "$1" || return 1
  # Our copy is whole, so what is left of a removal that did not end can go.
  kb_change rm -rf -- "$1.kbalertz-moved"
  kb_copy "$2" "$1" && kb_change rm -rf -- "$2"
}

# --- conditions ---

kb_is_path_exists() { kb_place "$1" && kb_exists "$KB_AT"; }
kb_is_path_missing() { kb_place "$1" && ! kb_exists "$KB_AT"; }
kb_is_service_running() { systemctl is-active --quiet -- "$1"; }
kb_is_service_stopped() { kb_has_service "$1" && ! systemctl is-active --quiet -- "$1"; }
kb_is_tool_succeeds() { kb_codes=$1 && shift && kb_try_tool "$kb_codes" "$@"; }
kb_is_free_space() {
  kb_place "$1"
  kb_free=$(df -Pk -- "$KB_AT" 2>/dev/null | awk 'NR == 2 { print int($4 / 1024) }')
  [ -n "$kb_free" ] && [ "$kb_free" -ge "$2" ]
}
kb_has_service() { [ "$(systemctl show --property=LoadState --value -- "$1" 2>/dev/null)" = loaded ]; }

# While a dry run has passed over changes, later conditions say nothing yet.
kb_expect() { # words, condition, its arguments
  kb_words=$1 && shift
  if [ "$KB_DRY" = 1 ] && [ "$KB_ACTED" = 1 ]; then
    kb_say "       would check: $kb_words"
    return
  fi
  kb_condition=$1 && shift
  "kb_is_$kb_condition" "$@" || kb_fail "This does not hold: $kb_words"
}

kb_verify_that() {
  kb_words=$1 && shift
  kb_condition=$1 && shift
  if "kb_is_$kb_condition" "$@"; then kb_say "  yes  $kb_words"; else
    kb_say "  NO   $kb_words"
    KB_FAILED=verify
  fi
}

# --- steps ---

kb_step() { # number, words
  KB_N=$1
  kb_say "Step $1: $2"
}

kb_done() { [ "$KB_DRY" = 1 ] || kb_mark "$KB_N.done"; }

kb_pass_over() { # optional|required, reason
  if [ "$1" = optional ]; then kb_say "       nothing to do: $2"; else kb_fail "$2"; fi
}

kb_stop_service() { # service, required|optional
  kb_has_service "$1" || { kb_pass_over "$2" "there is no service $1"; return; }
  if ! kb_is_service_running "$1"; then
    kb_say '       it does not run'
    return
  fi
  kb_would "stop $1" && return
  kb_dependants=''
  for kb_unit in $(systemctl show --property=RequiredBy --property=BoundBy --value -- "$1"); do
    ! systemctl is-active --quiet -- "$kb_unit" || kb_dependants="$kb_dependants $kb_unit"
  done
  kb_mark "$KB_N.ran" "$kb_dependants"
  kb_began
  kb_change systemctl stop -- "$1" || { kb_fail "$1 could not be stopped"; return; }
  ! kb_is_service_running "$1" || kb_fail "$1 still runs"
}

kb_start_again() { # service, step that stopped it
  kb_change systemctl start -- "$1" || return 1
  kb_dependants=''
  [ ! -r "$KB_RUN/$2.ran" ] || IFS= read -r kb_dependants <"$KB_RUN/$2.ran" || :
  for kb_unit in $kb_dependants; do kb_change systemctl start -- "$kb_unit" || return 1; done
  kb_is_service_running "$1"
}

kb_undo_stop_service() {
  kb_marked "$KB_N.ran" || return 0
  kb_start_again "$1" "$KB_N"
}

kb_start_service() { # service, step that stopped it or 0: always, required|optional
  kb_would "start $1, where it ran before" && return
  if [ "$2" != 0 ] && ! kb_marked "$2.ran"; then
    kb_say '       it did not run before'
    return
  fi
  kb_has_service "$1" || { kb_pass_over "$3" "there is no service $1"; return; }
  if kb_is_service_running "$1"; then
    kb_say '       it runs'
    return
  fi
  kb_began
  kb_start_again "$1" "$2" || kb_fail "$1 could not be started"
}

kb_undo_start_service() {
  kb_is_service_running "$1" || return 0
  kb_change systemctl stop -- "$1"
}

kb_move_aside() { # path, beside|backup, required|optional
  kb_place "$1"
  kb_exists "$KB_AT" || { kb_pass_over "$3" "there is no $KB_AT"; return; }
  kb_would "move $KB_AT aside" && return
  kb_aside "$KB_AT" "$2"
  ! kb_exists "$KB_ASIDE" || { kb_fail "$KB_ASIDE is there already"; return; }
  kb_began
  kb_move "$KB_AT" "$KB_ASIDE" "$2" || { kb_fail "$KB_AT could not be moved"; return; }
  ! kb_exists "$KB_AT" && kb_exists "$KB_ASIDE" || { kb_fail "$KB_AT is still in its place"; return; }
  kb_say "       kept as $KB_ASIDE"
}

kb_undo_move_aside() {
  kb_place "$1"
  kb_aside "$KB_AT" "$2"
  kb_move_back "$KB_AT" "$KB_ASIDE" "$2"
}

kb_move_contents_aside() { # folder, beside|backup, required|optional, patterns
  kb_place "$1"
  [ -d "$KB_AT" ] || { kb_pass_over "$3" "there is no folder $KB_AT"; return; }
  kb_how=$2
  kb_folder=$KB_AT
  shift 3
  kb_aside "$kb_folder" "$kb_how"
  kb_moved=0
  for kb_entry in "$kb_folder"/* "$kb_folder"/.[!.]* "$kb_folder"/..?*; do
    kb_exists "$kb_entry" || continue
    kb_matches "${kb_entry##*/}" "$@" || continue
    kb_moved=$((kb_moved + 1))
    [ "$KB_DRY" = 0 ] || { kb_say "       would move $kb_entry aside"; continue; }
    if [ "$kb_moved" = 1 ]; then
      ! kb_exists "$KB_ASIDE" || { kb_fail "$KB_ASIDE is there already"; return; }
      kb_began
      kb_change mkdir -- "$KB_ASIDE" || { kb_fail "$KB_ASIDE could not be made"; return; }
    fi
    kb_move "$kb_entry" "$KB_ASIDE/${kb_entry##*/}" "$kb_how" || { kb_fail "$kb_entry could not be moved"; return; }
  done
  if [ "$kb_moved" = 0 ]; then
    kb_say '       nothing matches'
  elif [ "$KB_DRY" = 1 ]; then
    KB_ACTED=1
  else
    kb_say "       moved: $kb_moved, kept in $KB_ASIDE"
  fi
}

kb_matches() { # name, patterns
  kb_name=$1 && shift
  for kb_pattern in "$@"; do
    # shellcheck disable=SC2254 # it is a pattern
    case $kb_name in $kb_pattern) return 0 ;; esac
  done
  return 1
}

kb_undo_move_contents_aside() {
  kb_place "$1"
  kb_folder=$KB_AT
  kb_aside "$kb_folder" "$2"
  kb_exists "$KB_ASIDE" || return 0
  # A copy that was interrupted is no entry.
  kb_change rm -rf -- "$KB_ASIDE"/*.kbalertz-part "$KB_ASIDE"/.*.kbalertz-part
  for kb_entry in "$KB_ASIDE"/* "$KB_ASIDE"/.[!.]* "$KB_ASIDE"/..?*; do
    kb_exists "$kb_entry" || continue
    kb_move_back "$kb_folder/${kb_entry##*/}" "$kb_entry" "$2" || return 1
  done
  kb_change rmdir -- "$KB_ASIDE"
}

kb_copy_aside() { # path, required|optional
  kb_place "$1"
  kb_exists "$KB_AT" || { kb_pass_over "$2" "there is no $KB_AT"; return; }
  kb_would "copy $KB_AT" && return
  kb_began
  kb_copy "$KB_AT" "$KB_RUN/$KB_N-copy" || { kb_fail "$KB_AT could not be copied"; return; }
  kb_say "       copied to $KB_RUN/$KB_N-copy"
}

# A copy harms nobody: it stays, but never in halves.
kb_undo_copy_aside() { kb_change rm -rf -- "$KB_RUN/$KB_N-copy.kbalertz-part"; }

kb_make_folder() { # path
  kb_place "$1"
  kb_would "make the folder $KB_AT, where there is none" && return
  if [ -d "$KB_AT" ]; then
    kb_say '       it is there'
    return
  fi
  ! kb_exists "$KB_AT" || { kb_fail "$KB_AT is there and no folder"; return; }
  kb_began
  kb_change mkdir -m 755 -- "$KB_AT" || kb_fail "$KB_AT could not be made"
}

kb_undo_make_folder() {
  kb_place "$1"
  kb_exists "$KB_AT" || return 0
  if [ -z "$(ls -A -- "$KB_AT")" ]; then kb_change rmdir -- "$KB_AT"; else kb_make_room "$KB_AT"; fi
}

kb_put_back() { # step that copied, path
  kb_place "$2"
  kb_would "put the copy back as $KB_AT" && return
  kb_exists "$KB_RUN/$1-copy" || { kb_say '       there was nothing to copy'; return; }
  ! kb_exists "$KB_AT" || { kb_fail "$KB_AT is there already"; return; }
  kb_began
  kb_copy "$KB_RUN/$1-copy" "$KB_AT" || kb_fail "$KB_AT could not be written"
}

kb_undo_put_back() {
  kb_place "$2"
  kb_change rm -rf -- "$KB_AT.kbalertz-part"
  kb_exists "$KB_AT" || return 0
  if kb_same "$KB_RUN/$1-copy" "$KB_AT"; then kb_change rm -rf -- "$KB_AT"; else kb_make_room "$KB_AT"; fi
}

kb_delete_copy() { # step that copied
  kb_would 'delete the copy' && return
  kb_began
  kb_change rm -rf -- "$KB_RUN/$1-copy" || kb_fail 'the copy could not be deleted'
}

kb_undo_delete_copy() { :; }

kb_try_tool() { # accepted exit codes, tool, its arguments
  kb_codes=$1 && shift
  kb_code=0
  if [ -n "$KB_RUN" ]; then "$@" >>"$KB_RUN/log.txt" 2>&1 </dev/null || kb_code=$?; else "$@" >/dev/null 2>&1 </dev/null || kb_code=$?; fi
  for kb_good in $kb_codes; do [ "$kb_code" != "$kb_good" ] || return 0; done
  return 1
}

kb_run_tool() { # accepted exit codes, tool, its arguments
  kb_would "run: $(shift && printf '%s ' "$@")" && return
  command -v -- "$2" >/dev/null 2>&1 || { kb_fail "there is no $2 here"; return; }
  kb_began
  kb_change kb_try_tool "$@" || kb_fail "$2 ended with exit code $kb_code"
}

kb_undo_run_tool() { kb_change kb_try_tool "$@"; }
kb_undo_nothing() { kb_say "       stays: $1"; }

kb_wait() { # seconds
  kb_would "wait $1 s" || sleep "$1"
}

kb_check() { # what to do otherwise, words, condition, its arguments
  kb_otherwise=$1 && shift
  kb_expect "$@" || kb_fail "$KB_REASON. $kb_otherwise"
}

kb_ask() { # question
  [ "$KB_DRY" = 0 ] || { kb_say "       would ask: $1"; return; }
  [ "$KB_YES" = 0 ] || { kb_say '       yes, as --yes says'; return; }
  [ -t 0 ] || { kb_fail 'There is nobody to ask. Use --yes if the answer is yes'; return; }
  printf '       %s [y/n] ' "$1"
  IFS= read -r kb_answer || kb_answer=n
  case $kb_answer in [yY]*) ;; *) kb_fail 'The answer was no' ;; esac
}

# --- undo ---

kb_undo() { # number, words, function, its arguments
  KB_N=$1
  kb_words=$2
  [ -z "$KB_ONLY" ] || [ "$KB_ONLY" = "$KB_N" ] || return 0
  kb_marked "$KB_N.began" || return 0
  # What was done before rests on what could not be taken back.
  [ -z "$KB_STUCK" ] || return 0
  shift 2
  kb_say "Taking back step $KB_N: $kb_words"
  kb_function=$1 && shift
  if "kb_undo_$kb_function" "$@"; then
    kb_change mv -- "$KB_RUN/$KB_N.began" "$KB_RUN/$KB_N.undone"
  else
    kb_say "       step $KB_N could not be taken back"
    KB_STUCK=$KB_N
  fi
}

# --- runs ---

# Sets KB_RUN and KB_STAMP to the last run of this very script, or to nothing.
kb_last_run() {
  KB_RUN='' KB_STAMP='' kb_highest=0
  for kb_folder in "$KB_HOME"/*-*; do
    kb_stamp=${kb_folder##*/}
    kb_number=${kb_stamp%%-*}
    case $kb_number in '' | *[!0-9]*) continue ;; esac
    [ "$kb_number" -gt "$kb_highest" ] || continue
    kb_highest=$kb_number KB_RUN=$kb_folder KB_STAMP=$kb_stamp
  done
}

kb_open_run() {
  kb_change mkdir -p -- "$KB_HOME" || kb_refuse "$KB_HOME could not be made. Nothing was changed."
  kb_stamp=$((kb_highest + 1))-$(date -u +%Y%m%dT%H%M%SZ)
  kb_change mkdir -- "$KB_HOME/$kb_stamp" || kb_refuse "$KB_HOME/$kb_stamp could not be made. Nothing was changed."
  KB_RUN=$KB_HOME/$kb_stamp KB_STAMP=$kb_stamp
  kb_say "$KB_TITLE ($KB_MODE). Backups and log: $KB_RUN"
}

kb_give_up() {
  trap '' HUP INT TERM
  kb_stopped=$KB_N
  kb_say "Step $kb_stopped failed: ${KB_REASON:-it was interrupted}."
  [ "$KB_KEEP" = 0 ] || KB_ONLY=$kb_stopped
  kb_undo_plan
  if [ -n "$KB_STUCK" ]; then
    kb_say_mixed
    exit 3
  elif [ "$KB_KEEP" = 1 ]; then
    kb_say "STATE: new before step $kb_stopped, old from step $kb_stopped on. --undo takes back the rest."
    exit 3
  fi
  kb_mark undone
  kb_say 'STATE: old. Everything that was done has been taken back.'
  exit 2
}

kb_say_mixed() {
  kb_say "STATE: mixed. Old after step $KB_STUCK, new before it; --undo goes on from there once the cause is gone."
}

kb_run() {
  kb_last_run
  if [ -n "$KB_RUN" ] && ! kb_marked finished && ! kb_marked undone; then
    kb_refuse "An earlier run did not end: $KB_RUN. Take it back first, with --undo. Nothing was changed."
  fi
  KB_RUN='' KB_STAMP=''
  kb_introduce
  [ "$KB_MEGABYTES" = 0 ] || kb_has_room || kb_refuse "$KB_MEGABYTES MB must be free for backups. Nothing was changed."
  if [ "$KB_DRY" = 1 ]; then
    kb_plan || { kb_say "It would stop here: $KB_REASON."; exit 2; }
    kb_say 'Dry run: nothing was changed.'
    exit 0
  fi
  kb_open_run
  trap 'KB_REASON="it was interrupted"; kb_give_up' HUP INT TERM
  kb_plan || kb_give_up
  trap - HUP INT TERM
  kb_mark finished
  kb_say 'Is the fault gone?'
  kb_verify
  if [ -n "$KB_FAILED" ]; then
    kb_say 'STATE: new. All steps are done, but the fault is not gone. --undo takes everything back.'
    exit 4
  fi
  kb_say 'STATE: new. All steps are done and verified. --undo takes everything back.'
  kb_close
}

kb_has_room() {
  kb_near=$KB_HOME
  while [ ! -d "$kb_near" ]; do kb_near=${kb_near%/*}; [ -n "$kb_near" ] || kb_near=/; done
  kb_free=$(df -Pk -- "$kb_near" 2>/dev/null | awk 'NR == 2 { print int($4 / 1024) }')
  [ -n "$kb_free" ] && [ "$kb_free" -ge "$KB_MEGABYTES" ]
}

kb_take_back() {
  kb_last_run
  [ -n "$KB_RUN" ] && ! kb_marked undone || kb_refuse 'There is no run of this script to take back. Nothing was changed.'
  if [ "$KB_DRY" = 1 ]; then
    KB_RUN=''
    kb_say "Would take back the run $KB_STAMP. Dry run: nothing was changed."
    exit 0
  fi
  trap '' HUP INT TERM
  kb_undo_plan
  if [ -n "$KB_STUCK" ]; then
    kb_say_mixed
    exit 3
  fi
  kb_mark undone
  kb_say 'STATE: old. Everything was taken back.'
}

kb_main() {
  for kb_option in "$@"; do
    case $kb_option in
      --dry-run | -WhatIf | -whatif) KB_DRY=1 ;;
      --undo | -Undo | -undo) KB_TASK=undo ;;
      --yes | -Yes | -yes) KB_YES=1 ;;
      --keep | -Keep | -keep) KB_KEEP=1 ;;
      --help | -h) kb_help; exit 0 ;;
      *) kb_refuse "Unknown option: $kb_option. --help shows all." ;;
    esac
  done
  # A test sets KBALERTZ_ROOT: all paths are then below it, and its folder "tools" comes first on the path.
  KB_ROOT=${KBALERTZ_ROOT:-}
  PATH=/usr/sbin:/usr/bin:/sbin:/bin
  [ -z "$KB_ROOT" ] || PATH=$KB_ROOT/tools:$PATH
  export PATH
  KB_HOME=${KBALERTZ_STATE:-$KB_ROOT/var/lib/kbalertz-remedies}/$KB_ID
  if [ "$KB_ADMINISTRATOR" = 1 ] && [ -z "$KB_ROOT" ] && [ "$(id -u)" != 0 ]; then
    kb_refuse 'This needs root: run it with sudo. Nothing was changed.'
  fi
  if [ "$KB_TASK" = undo ]; then kb_take_back; else kb_run; fi
}

kb_help() {
  cat <<'HELP'
  (no option)  does it, keeps backups, verifies; takes everything back where a step fails
  --dry-run    says what it would do and writes nothing
  --undo       takes back the last run
  --yes        answers its questions with yes
  --keep       where a step fails: stays there instead of taking back the steps before
HELP
}
