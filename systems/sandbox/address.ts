import { z } from 'zod';
import { text } from '../../core/declare/values.ts';

export const Address = z.object({
  line1: text(200),
  line2: text(200).optional(),
  city: text(200),
  state: text(100).optional(),
  country: text(100),
  postalCode: text(40),
});
