// A Lambda function for Node that does what the dry run of each job reads from its services. It loads what the event needs.
"use strict";
const http = require("node:http");

const api = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation/`;
const { BUCKET, CELERY_QUEUE_URL, DATABASE_URL, TABLE_NAME } = process.env;

const reads = {
  "$list": () => {
    const { S3Client } = require("@aws-sdk/client-s3");
    const { DynamoDBClient } = require("@aws-sdk/client-dynamodb");
    const { SQSClient } = require("@aws-sdk/client-sqs");
    return [new S3Client(), new DynamoDBClient(), new SQSClient()];
  },
  "celery-enqueue": () => {
    const { SQSClient, GetQueueAttributesCommand } = require("@aws-sdk/client-sqs");
    return new SQSClient().send(new GetQueueAttributesCommand({ QueueUrl: CELERY_QUEUE_URL, AttributeNames: ["QueueArn"] }));
  },
  "daily-uptime": () => select("SELECT user_id, max(contribution_date) FROM contributions_contribution GROUP BY user_id"),
  "ecs-run-task": () => {
    const { ECSClient, DescribeTaskDefinitionCommand } = require("@aws-sdk/client-ecs");
    return new ECSClient().send(new DescribeTaskDefinitionCommand({ taskDefinition: "report" }));
  },
  "http-trigger": () => {},
  "refresh-materialized-view": () => select("SELECT matviewname, ispopulated FROM pg_matviews"),
  "ssm-run-command": () => {
    const { SSMClient, DescribeInstanceInformationCommand } = require("@aws-sdk/client-ssm");
    return new SSMClient().send(new DescribeInstanceInformationCommand());
  },
  "video-upload-cleanup": async () => {
    const { S3Client, HeadObjectCommand, ListMultipartUploadsCommand, ListObjectsV2Command } = require("@aws-sdk/client-s3");
    const { DynamoDBClient, ScanCommand } = require("@aws-sdk/client-dynamodb");
    const s3 = new S3Client({ forcePathStyle: true });
    const sessions = await new DynamoDBClient().send(new ScanCommand({ TableName: TABLE_NAME }));
    await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
    await s3.send(new ListMultipartUploadsCommand({ Bucket: BUCKET }));
    for (const session of sessions.Items) {
      await s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: session.key.S }));
    }
  },
};

async function select(sql) {
  const { Client } = require("pg");
  const client = new Client({ connectionString: DATABASE_URL });
  await client.connect();
  await client.query(sql);
  await client.end();
}

function call(method, path, body) {
  return new Promise((resolve, reject) => {
    const request = http.request(api + path, { method }, async (response) => {
      const chunks = await response.toArray();
      resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() });
    });
    request.on("error", reject).end(body);
  });
}

(async () => {
  for (;;) {
    const next = await call("GET", "next");
    const { job } = JSON.parse(next.body);
    await reads[job]();
    await call("POST", `${next.headers["lambda-runtime-aws-request-id"]}/response`, JSON.stringify({ job, status: "planned" }));
  }
})();
