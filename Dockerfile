# One image for every process of Frontline; SERVICE says which one it runs.
#   docker build --build-arg SERVICE=cases -t frontline-cases .
FROM node:24-bookworm-slim AS build
WORKDIR /frontline
COPY package.json package-lock.json ./
COPY apps apps
COPY libs libs
COPY tools tools
COPY deploy/v8-flags deploy/v8-flags
COPY tsconfig.base.json tsconfig.json ./
RUN npm ci --ignore-scripts
RUN npx tsc -b apps/gateway apps/personnel apps/organizations apps/households apps/cases \
 && npm run build --workspace apps/explorer \
 && npm prune --omit=dev --ignore-scripts \
 && rm -rf tools apps/e2e

FROM node:24-bookworm-slim
ARG SERVICE
# two heaps for all threads instead of one each: what the C library keeps for itself stays small
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 SERVICE=${SERVICE} MALLOC_ARENA_MAX=2
WORKDIR /frontline
COPY --from=build --chown=root:root /frontline /frontline
# nothing is written at run time: the container may be started with a read-only file system
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/livez`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# deploy/v8-flags keeps memory small; what YOUNG_SPACE_MB and V8_FLAGS say comes later and therefore counts
ENTRYPOINT ["sh", "-c", "exec node --enable-source-maps $(sed -n \"s/^$SERVICE: //p\" deploy/v8-flags) ${YOUNG_SPACE_MB:+--max-semi-space-size=$YOUNG_SPACE_MB} ${V8_FLAGS} apps/$SERVICE/dist/main.js \"$@\"", "frontline"]
CMD ["serve"]
