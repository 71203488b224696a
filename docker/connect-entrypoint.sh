#!/usr/bin/env bash
# Writes the worker's properties and starts a distributed Connect worker with them. Later ones win:
#   1. defaults below,
#   2. the file /etc/kafka-connect/worker.properties, when it is mounted,
#   3. variables CONNECT_...: CONNECT_BOOTSTRAP_SERVERS is bootstrap.servers; a double underscore is
#      an underscore, a triple one a hyphen.
set -euo pipefail

properties=$(mktemp /tmp/connect-distributed.XXXXXX)
mounted=/etc/kafka-connect/worker.properties

cat > "$properties" <<DEFAULTS
group.id=bird-connect
listeners=http://0.0.0.0:8083
rest.advertised.host.name=${HOSTNAME:-localhost}
plugin.path=/usr/share/kafka-connect/plugins
plugin.discovery=service_load
key.converter=org.apache.kafka.connect.storage.StringConverter
value.converter=org.apache.kafka.connect.json.JsonConverter
value.converter.schemas.enable=false
config.storage.topic=connect-configs
config.storage.replication.factor=-1
offset.storage.topic=connect-offsets
offset.storage.replication.factor=-1
status.storage.topic=connect-status
status.storage.replication.factor=-1
offset.flush.interval.ms=10000
config.providers=file
config.providers.file.class=org.apache.kafka.common.config.provider.FileConfigProvider
config.providers.file.param.allowed.paths=/etc/kafka-connect-bird
DEFAULTS

if [ -f "$mounted" ]; then
  cat "$mounted" >> "$properties"
  echo >> "$properties"
fi

for variable in "${!CONNECT_@}"; do
  name=${variable#CONNECT_}
  name=${name//___/-}
  name=${name//__/$'\t'}
  name=${name//_/.}
  name=${name//$'\t'/_}
  value=${!variable}
  value=${value//\\/\\\\}
  value=${value//$'\n'/\\n}
  printf '%s=%s\n' "$(printf '%s' "$name" | tr '[:upper:]' '[:lower:]')" "$value" >> "$properties"
done

if ! grep -q '^bootstrap\.servers=.' "$properties"; then
  echo "The worker does not know a Kafka broker: set CONNECT_BOOTSTRAP_SERVERS, such as broker:9092, or mount $mounted." >&2
  exit 1
fi

exec /opt/kafka/bin/connect-distributed.sh "$properties"
