# The service and the widget it serves: Node and dist/, nothing of npm. Build: docker build -t almasar .
FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY . .
# No package's own scripts: the build needs none of them, and one compiles with tools that are not here.
RUN npm ci --ignore-scripts && npm run build

FROM node:24-alpine
WORKDIR /app
COPY --from=build /build/package.json ./
COPY --from=build /build/dist/*.js /build/dist/*.css /build/dist/*.br /build/dist/*.gz ./dist/
COPY --from=build /build/dist/chunks ./dist/chunks
COPY --from=build /build/dist/phone ./dist/phone
COPY --from=build /build/dist/sounds ./dist/sounds
COPY --from=build /build/dist/service ./dist/service
# ./data of the settings is the volume.
RUN mkdir /data && chown node:node /data && ln -s /data data
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATABASE_URL=sqlite:/data/almasar.db
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "--max-semi-space-size=4", "dist/service/main.js"]
