import { z } from 'zod';
import { Reference, text } from '../../core/declare/values.ts';
import { existing, kind, newId, operation, Refusal, type SystemOfRecord } from './declare.ts';
import { Order } from './order.ts';

const ShipmentBody = z.object({
  shipmentId: Reference,
  orderId: Reference,
  itemIds: z.array(Reference),
  carrier: text(100),
  /** Sent in the place of another. */
  replacement: z.boolean(),
  /** As the carrier reports them, whatever it reports. */
  events: z.array(z.object({ at: z.string().optional(), code: text(20) })),
});
type ShipmentBody = z.infer<typeof ShipmentBody>;

export const Shipment = kind('shipments.shipments', 'shipmentId', ShipmentBody, ({ orderId }) => [`order:${orderId}`]);

/** The carrier has it once there is anything to report but the booking (XB). */
export const handedOver = ({ events }: ShipmentBody): boolean => events.some(({ code }) => code !== 'XB');

const ReshipInput = z.object({ orderId: Reference, itemIds: z.array(Reference).min(1) });

export const shipments: SystemOfRecord = {
  name: 'shipments',
  kinds: [Shipment],
  reads: {
    track: operation(z.strictObject({ orderId: z.string() }), async ({ orderId }, records) => {
      const order = await records.get(Order, orderId);
      if (!order) return null;
      const { status: orderStatus, promisedBy } = order;
      return { orderId, orderStatus, promisedBy, shipments: await records.having(Shipment, `order:${orderId}`) };
    }),
  },
  writes: {
    reship: operation(ReshipInput, async (input, records) => {
      await existing(records, Order, input.orderId, 'order');
      const shipmentId = newId('SHP');
      records.put(Shipment, { ...input, shipmentId, carrier: 'house', replacement: true, events: [] });
      return { shipmentId };
    }),
    recall: operation(z.object({ result: z.object({ shipmentId: Reference }) }), async ({ result }, records) => {
      const shipment = await existing(records, Shipment, result.shipmentId, 'shipment');
      if (handedOver(shipment)) throw new Refusal('handed-over', `${shipment.shipmentId} is with the carrier already.`);
      records.remove(Shipment, shipment);
      return { shipmentId: shipment.shipmentId };
    }),
  },
};
