#!/usr/bin/env bash
# Builds what is missing and runs the quickstart; passes its arguments on. Needs a JDK, 17 or newer.
set -euo pipefail
cd "$(dirname "$0")"

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
javac=${JAVA_HOME:+$JAVA_HOME/bin/}javac
if ! command -v "$java" >/dev/null 2>&1 || ! command -v "$javac" >/dev/null 2>&1; then
  echo "No JDK was found: install a JDK, 17 or newer, and put it on the PATH or set JAVA_HOME to it." >&2
  exit 1
fi
version=$("$javac" -version 2>&1)
version=${version#javac }
version=${version%%[!0-9]*}
if [ "${version:-0}" -lt 17 ]; then
  echo "The JDK found is version ${version:-unknown}, and 17 or newer is needed: set JAVA_HOME to such a one." >&2
  exit 1
fi

program=quickstart/target/quickstart
sink=sink-connector/target/plugin-path/kafka-connect-bird-sink
source=source-connector/target/plugin-path/kafka-connect-bird-source

# Whether one of the three jars is missing, or older than a source file.
stale() {
  local jar
  for jar in "$program"/quickstart-*.jar "$sink"/sink-connector-*.jar "$source"/source-connector-*.jar; do
    if [ ! -f "$jar" ]; then
      return 0
    fi
    if [ -n "$(find pom.xml channels-client connector-common simulator examples quickstart sink-connector source-connector \
      \( -path '*/target' -o -path '*/src/test' \) -prune -o -type f \( -name '*.java' -o -name pom.xml -o -path '*/src/main/resources/*' \) \
      -newer "$jar" -print | head -n 1)" ]; then
      return 0
    fi
  done
  return 1
}

if stale; then
  echo "Building (the first time, Maven downloads what it needs)..."
  ./mvnw -B -q -DskipTests package -pl quickstart,sink-connector,source-connector -am
fi

exec "$java" -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto \
  -jar "$(echo "$program"/quickstart-*.jar)" "$@"
