import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { startCase } from '../../temporal/start-case.ts';
import { createCodec, dataConverter, loadKeys } from '../../temporal/codec.ts';

// TEMPORAL_ADDRESS and the like, or temporal.toml; without any, the server of `npm start`.
const { connectionOptions, namespace = 'default' } = loadClientConnectConfig();
const { TASK_QUEUE: taskQueue = 'baton', DATA_DIR = '.data' } = process.env;

// Payloads are encrypted: without the same keys a client can neither be understood nor understand.
const codec = createCodec(loadKeys(process.env, DATA_DIR));
const connection = await Connection.connect(connectionOptions);
const client = new Client({ connection, namespace, dataConverter: dataConverter(codec) });

// Typed from the declaration. The same request again answers the same case, with `started: false`.
const { caseId } = await startCase(
  client,
  'refund',
  {
    requestId: 'example-1',
    claims: { email: 'aoife.brannock@mail.example' },
    wishes: [{ action: 'return', orderId: 'O-2013', itemIds: ['I-2013-1'], refundTo: 'PM-1007-card' }],
    message: 'Please take it back.',
    confirmed: true,
  },
  { taskQueue, requestedBy: 'back-office' },
);
console.log(caseId, await client.workflow.getHandle(caseId).result());

// Any Temporal client in any language: the workflow's type is the process, its id the case's id, its argument the request.
const handle = await client.workflow.start('refund', {
  workflowId: 'refund/example-2',
  workflowIdReusePolicy: 'REJECT_DUPLICATE',
  taskQueue,
  args: [
    {
      requestId: 'example-2',
      claims: { email: 'marta.lindqvist@mail.example' },
      wishes: [{ action: 'cancel', orderId: 'O-2002', reason: 'no longer needed' }],
      message: 'I do not need it any more.',
      confirmed: true,
    },
  ],
  memo: { requestedBy: 'back-office' },
});
console.log(handle.workflowId, await handle.result());

await connection.close();
