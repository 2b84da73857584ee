# genops in a small image:
#   docker build -t genops .
#   docker run --rm -v "$PWD:/data" genops run scenario.yaml
FROM swift:6.3-bookworm AS build
WORKDIR /build
COPY . .
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends make \
  && make dist

FROM debian:bookworm-slim
LABEL org.opencontainers.image.title="genops" \
      org.opencontainers.image.licenses="GPL-3.0-or-later"
COPY --from=build /build/dist/genops /usr/local/bin/genops
COPY --from=build /build/dist/LICENSE /build/dist/licensing.md /build/dist/COPYING-GPL-3 \
     /usr/share/doc/genops/
RUN useradd --create-home --home-dir /data genops
USER genops
WORKDIR /data
ENTRYPOINT ["genops"]
