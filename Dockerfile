# syntax=docker/dockerfile:1
# One image for both: the function as a Lambda container image, and the tool `dispatch` for work beyond 15 minutes, on ECS Fargate.
# docs/container.md tells how to build, try and deploy it.

FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH=amd64
WORKDIR /source
COPY . .

# Publishing the tool publishes the function beside it: they are the same assemblies. Compiled ahead for the processor of the image.
RUN dotnet publish src/Dispatcher.Cli -c Release -a "$TARGETARCH" --self-contained false -p:PublishReadyToRun=true -p:DebugType=none -p:PublishReferencesDocumentationFiles=false -o /app

# With --target native: the function alone, as a native executable. The compiler runs on the processor of the image.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS native-build
ARG TARGETARCH=amd64
RUN apt-get update && apt-get install -y --no-install-recommends clang zlib1g-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN dotnet publish src/Dispatcher.Function -c Release -a "$TARGETARCH" -p:PublishAot=true -o /app

FROM mcr.microsoft.com/dotnet/runtime-deps:10.0 AS native
WORKDIR /app
COPY --from=native-build /app .
USER $APP_UID
ENTRYPOINT ["/app/Dispatcher.Function"]

FROM mcr.microsoft.com/dotnet/runtime:10.0
WORKDIR /app
COPY --from=build /app .

# On Fargate a volume takes its permissions from here, which lets the file system be read-only but for /tmp.
VOLUME /tmp

# Lambda runs an image as a user of its own, with a file system that only /tmp can be written to. Elsewhere it is this one.
USER $APP_UID

# No argument: the function, which speaks the Lambda Runtime API. On ECS the command is: dispatch.dll run JOB
ENTRYPOINT ["dotnet"]
CMD ["Dispatcher.Function.dll"]
