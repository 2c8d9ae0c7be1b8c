# Sourced by ./mvnw and ./discern: sets JAVA_HOME to a JDK 25 or newer, or stops with one sentence.
# Order: JAVA_HOME, the java on the PATH, then the usual folders of distributions, SDKMAN, IntelliJ, macOS and Homebrew.

discern_jdk_major() { # prints the major version of the JDK in folder $1, nothing when it is no JDK
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

discern_find_jdk() {
  discern_path_java=$(command -v javac 2>/dev/null || :)
  if [ -n "$discern_path_java" ]; then
    discern_path_java=$(readlink -f "$discern_path_java" 2>/dev/null || :)
    discern_path_java=${discern_path_java%/bin/javac}
  fi
  case $- in *f*) discern_noglob=1 ;; *) discern_noglob=0 ;; esac
  set +f
  discern_best=""
  discern_best_major=0
  for discern_dir in "${JAVA_HOME:-}" "$discern_path_java" ${DISCERN_JDK_FOLDERS:-/usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* \
    /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home}; do
    [ -n "$discern_dir" ] || continue
    discern_major=$(discern_jdk_major "$discern_dir")
    [ -n "$discern_major" ] && [ "$discern_major" -ge 25 ] || continue
    # Exactly 25 is what is tested; a newer one is taken only where there is no 25.
    if [ "$discern_major" -eq 25 ]; then
      discern_best=$discern_dir
      break
    elif [ "$discern_best_major" -eq 0 ]; then
      discern_best=$discern_dir
      discern_best_major=$discern_major
    fi
  done
  [ "$discern_noglob" = 0 ] || set -f
  if [ -z "$discern_best" ]; then
    echo "Discern needs a JDK 25 or newer and found none: install one (for example Temurin 25) or set JAVA_HOME to its folder." >&2
    return 1
  fi
  JAVA_HOME=$discern_best
  export JAVA_HOME
}
