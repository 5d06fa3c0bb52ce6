# Kills what carries the marker $1 in its environment, once standard input ends without a farewell:
# then the JVM that held the other end was killed. POSIX sh and /proc only.
trap '' HUP INT QUIT TERM PIPE
IFS= read -r word && [ "$word" = farewell ] && exit 0

# A grep that stops at a NUL byte sees one variable only: then tr makes lines of them first.
whole=no
printf 'a\000b\n' | grep -qF b && whole=yes

carriers() {
  if [ "$whole" = yes ]; then
    grep -lF -e "$1" /proc/[0-9]*/environ
  else
    for file in /proc/[0-9]*/environ; do
      tr '\000' '\n' <"$file" | grep -qF -e "$1" && printf '%s\n' "$file"
    done
  fi
}

# A process that flees from child to child is gone before grep has started. It is always among the newest, and the
# shell looks at those without starting anything; a shell that cannot read past a NUL byte finds less here.
pursue() {
  struck=no
  tries=0
  while [ "$tries" -lt 100 ]; do
    tries=$((tries + 1))
    read -r last last last last last </proc/loadavg || return
    pid=$last
    while [ "$pid" -gt "$((last - 4))" ]; do
      variables=
      { IFS= read -r variables </proc/"$pid"/environ; } 2>/dev/null
      case $variables in
        *"$1"*) kill -9 "$pid" && struck=yes ;;
      esac
      pid=$((pid - 1))
    done
  done
}

# A process between fork and exec may show no environment for a moment: one clean look is not enough.
clean=0
passes=0
while [ "$clean" -lt 5 ] && [ "$passes" -lt 1000 ]; do
  passes=$((passes + 1))
  found=no
  for file in $(carriers "$1"); do
    # It counts even if it is gone by now: it may have left a successor.
    found=yes
    pid=${file#/proc/}
    kill -9 "${pid%/environ}"
  done
  pursue "$1"
  if [ "$found" = yes ] || [ "$struck" = yes ]; then clean=0; else clean=$((clean + 1)); fi
  # In a hurry at first: a process that forks without end is outrun, not waited for.
  if [ "$clean" -gt 0 ] || [ "$passes" -gt 100 ]; then sleep 0.1 || sleep 1; fi
done
exit 0
