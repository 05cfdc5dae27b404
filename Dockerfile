# syntax=docker/dockerfile:1
# One image for both: the function as a Lambda container image, and the tool `dispatch` for work beyond 15 minutes, on ECS Fargate.
# docs/container.md tells how to build, try and deploy it.

FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH=amd64
WORKDIR /source
COPY . .

# Publishing the tool publishes the function beside it: they are the same assemblies. Compiled ahead for the processor of the image.
RUN dotnet publish src/Dispatcher.Cli -c Release -a "$TARGETARCH" --self-contained false -p:PublishReadyToRun=true -p:DebugType=none -p:PublishReferencesDocumentationFiles=false -o /app

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
