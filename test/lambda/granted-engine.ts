import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Engine } from '#functions/local/engine';

/** What each role may do: role -> table name -> actions such as `dynamodb:GetItem`. */
export type Grants = Record<string, Map<string, Set<string>>>;

export interface GrantedEngine extends Engine {
  /** Every call that was let through, as `role action table`, once each. */
  used: Set<string>;
  /** Every call that was refused. */
  refused: string[];
  /** While true, calls are taken and never answered. */
  isHanging: boolean;
}

/**
 * A DynamoDB that keeps IAM's promise: it passes on what the grants allow to the role whose name signed the call, and
 * refuses everything else as DynamoDB does. Calls that name several tables have no single grant and are refused.
 */
export async function grantedEngine(engine: Engine, grants: Grants): Promise<GrantedEngine> {
  const used = new Set<string>();
  const refused: string[] = [];
  const server = createServer(async (request, response): Promise<unknown> => {
    if (proxy.isHanging) return undefined;
    const body = await bodyOf(request);
    const role = /Credential=([^/]+)/.exec(request.headers.authorization ?? '')?.[1] ?? 'nobody';
    const action = `dynamodb:${String(request.headers['x-amz-target']).split('.')[1]}`;
    const { TableName } = JSON.parse(body.toString()) as { TableName?: string };
    const call = `${role} ${action} ${TableName}`;
    if (!grants[role]?.get(TableName ?? '')?.has(action)) {
      refused.push(call);
      const fault = { __type: 'com.amazon.coral.service#AccessDeniedException', Message: `${call} is not allowed` };
      return response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(fault));
    }
    used.add(call);
    const answer = await fetch(engine.endpoint, {
      method: 'POST',
      headers: request.headers as Record<string, string>,
      body,
    }).catch(() => undefined);
    // The engine ended under a call of a function that is being ended as well.
    if (!answer) return response.destroy();
    response.writeHead(answer.status, {
      'content-type': answer.headers.get('content-type') ?? '',
      'x-amz-crc32': answer.headers.get('x-amz-crc32') ?? '',
    });
    return response.end(Buffer.from(await answer.arrayBuffer()));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy: GrantedEngine = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    used,
    refused,
    isHanging: false,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
