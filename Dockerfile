# The image of one service; MODULE is its Maven module. The jar comes from outside, so that an image build needs no network:
#   ./mvnw -DskipTests package && docker-compose build

FROM eclipse-temurin:25-jdk AS extract
ARG MODULE
WORKDIR /build
# This file is copied too, because COPY fails without saying why when nothing matches.
COPY Dockerfile ${MODULE}/target/${MODULE}-*-exec.jar ./
RUN set -- *-exec.jar; \
    if [ ! -e "$1" ]; then echo "There is no ${MODULE:-MODULE}/target/*-exec.jar: run ./mvnw -DskipTests package first." >&2; exit 1; fi; \
    if [ $# -gt 1 ]; then echo "Expected one jar, found $*: run ./mvnw clean, then ./mvnw -DskipTests package." >&2; exit 1; fi; \
    mv "$1" app.jar && java -Djarmode=tools -jar app.jar extract --layers --destination extracted

FROM eclipse-temurin:25-jre
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /var/lib/discern --shell /usr/sbin/nologin discern \
 && install -d -o discern -g discern -m 750 /var/lib/discern /var/lib/discern/home /var/lib/discern/artifacts
WORKDIR /opt/discern
COPY docker/healthy.sh ./
COPY --from=extract /build/extracted/dependencies/ ./
COPY --from=extract /build/extracted/snapshot-dependencies/ ./
COPY --from=extract /build/extracted/application/ ./
USER 10001:10001
# DJL_CACHE_DIR: where the encoder's tokenizer unpacks its native library.
ENV DISCERN_ADDRESS=0.0.0.0 DISCERN_HOME=/var/lib/discern/home DISCERN_ARTIFACTS=/var/lib/discern/artifacts DJL_CACHE_DIR=/tmp/djl
# The heap follows the container's memory limit.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", \
    "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-jar", "app.jar"]
