import type { Language } from '../language/languages.ts';

/** Lists of codes that others keep, as declarations name them (`x-code`). */
export type CodeList = 'unit' | 'country' | 'currency' | 'invoice-type';

/** What codes of UN/ECE Recommendation 20 and 21 mean, as far as invoices and orders usually hold them. */
const units: Readonly<Record<string, readonly [en: string, de: string]>> = {
  ...{ C62: ['piece', 'Stück'], H87: ['piece', 'Stück'], EA: ['each', 'Einzelstück'], XPP: ['piece', 'Stück'] },
  ...{ NAR: ['article', 'Artikel'], PR: ['pair', 'Paar'], SET: ['set', 'Satz'], DZN: ['dozen', 'Dutzend'] },
  ...{
    CEN: ['hundred', 'Hundert'],
    MIL: ['thousand', 'Tausend'],
    P1: ['percent', 'Prozent'],
    ZZ: ['agreed unit', 'vereinbarte Einheit'],
  },
  ...{
    SEC: ['second', 'Sekunde'],
    MIN: ['minute', 'Minute'],
    HUR: ['hour', 'Stunde'],
    LH: ['working hour', 'Arbeitsstunde'],
  },
  ...{ DAY: ['day', 'Tag'], E49: ['working day', 'Arbeitstag'], WEE: ['week', 'Woche'], MON: ['month', 'Monat'] },
  ...{
    QAN: ['quarter', 'Quartal'],
    SAN: ['half year', 'Halbjahr'],
    ANN: ['year', 'Jahr'],
    LS: ['lump sum', 'Pauschale'],
  },
  ...{
    MGM: ['milligram', 'Milligramm'],
    GRM: ['gram', 'Gramm'],
    KGM: ['kilogram', 'Kilogramm'],
    TNE: ['tonne', 'Tonne'],
  },
  ...{
    LBR: ['pound', 'Pfund (lb)'],
    ONZ: ['ounce', 'Unze'],
    MMT: ['millimetre', 'Millimeter'],
    CMT: ['centimetre', 'Zentimeter'],
  },
  ...{ MTR: ['metre', 'Meter'], KMT: ['kilometre', 'Kilometer'], INH: ['inch', 'Zoll'], FOT: ['foot', 'Fuß'] },
  ...{
    MMK: ['square millimetre', 'Quadratmillimeter'],
    CMK: ['square centimetre', 'Quadratzentimeter'],
    MTK: ['square metre', 'Quadratmeter'],
  },
  ...{
    HAR: ['hectare', 'Hektar'],
    MLT: ['millilitre', 'Milliliter'],
    CLT: ['centilitre', 'Zentiliter'],
    LTR: ['litre', 'Liter'],
  },
  ...{
    HLT: ['hectolitre', 'Hektoliter'],
    MTQ: ['cubic metre', 'Kubikmeter'],
    CMQ: ['cubic centimetre', 'Kubikzentimeter'],
  },
  ...{
    WHR: ['watt hour', 'Wattstunde'],
    KWH: ['kilowatt hour', 'Kilowattstunde'],
    MWH: ['megawatt hour', 'Megawattstunde'],
    KWT: ['kilowatt', 'Kilowatt'],
  },
  ...{
    E34: ['gigabyte', 'Gigabyte'],
    '4L': ['megabyte', 'Megabyte'],
    E35: ['terabyte', 'Terabyte'],
    C8: ['million', 'Million'],
  },
  ...{ XBX: ['box', 'Schachtel'], XCT: ['carton', 'Karton'], XPK: ['package', 'Packung'], XPA: ['packet', 'Päckchen'] },
  ...{ XPX: ['pallet', 'Palette'], XBG: ['bag', 'Beutel'], XBO: ['bottle', 'Flasche'], XCS: ['case', 'Kiste'] },
  ...{
    XRO: ['roll', 'Rolle'],
    RL: ['reel', 'Spule'],
    XSA: ['sack', 'Sack'],
    XCR: ['crate', 'Lattenkiste'],
    XDR: ['drum', 'Fass'],
  },
};

/** What codes of UNTDID 1001 mean that an invoice by EN 16931 may have. */
const invoiceTypes: typeof units = {
  ...{
    80: ['debit note, goods or services', 'Belastungsanzeige, Waren oder Dienste'],
    82: ['metered services invoice', 'Verbrauchsrechnung'],
  },
  ...{
    84: ['debit note, adjustments', 'Belastungsanzeige, Berichtigung'],
    130: ['invoicing data sheet', 'Rechnungsdatenblatt'],
  },
  ...{
    202: ['direct payment valuation', 'Abschlagsberechnung'],
    203: ['provisional payment valuation', 'vorläufige Abschlagsberechnung'],
  },
  ...{
    204: ['payment valuation', 'Leistungsberechnung'],
    211: ['interim application for payment', 'Zwischenantrag auf Zahlung'],
  },
  ...{
    261: ['self-billed credit note', 'Gutschrift im Gutschriftsverfahren'],
    262: ['consolidated credit note', 'Sammelgutschrift'],
  },
  ...{
    295: ['price variation invoice', 'Preisänderungsrechnung'],
    296: ['credit note for price variation', 'Gutschrift über Preisänderung'],
  },
  ...{
    308: ['delcredere credit note', 'Delkredere-Gutschrift'],
    325: ['proforma invoice', 'Proformarechnung'],
    326: ['partial invoice', 'Teilrechnung'],
  },
  ...{
    380: ['commercial invoice', 'Handelsrechnung'],
    381: ['credit note', 'Gutschrift'],
    383: ['debit note', 'Belastungsanzeige'],
  },
  ...{
    384: ['corrected invoice', 'Rechnungskorrektur'],
    385: ['consolidated invoice', 'Sammelrechnung'],
    386: ['prepayment invoice', 'Vorauszahlungsrechnung'],
  },
  ...{
    387: ['hire invoice', 'Mietrechnung'],
    388: ['tax invoice', 'Steuerrechnung'],
    389: ['self-billed invoice', 'Rechnung im Gutschriftsverfahren'],
  },
  ...{
    390: ['delcredere invoice', 'Delkredere-Rechnung'],
    393: ['factored invoice', 'abgetretene Rechnung'],
    394: ['lease invoice', 'Leasingrechnung'],
  },
  ...{ 395: ['consignment invoice', 'Konsignationsrechnung'], 396: ['factored credit note', 'abgetretene Gutschrift'] },
  ...{
    456: ['debit advice', 'Lastschriftanzeige'],
    457: ['reversal of debit', 'Storno einer Belastung'],
    458: ['reversal of credit', 'Storno einer Gutschrift'],
  },
  ...{
    527: ['self-billed debit note', 'Belastungsanzeige im Gutschriftsverfahren'],
    532: ["forwarder's credit note", 'Gutschrift des Spediteurs'],
  },
  ...{
    553: ["forwarder's invoice discrepancy report", 'Abweichungsbericht zur Spediteursrechnung'],
    575: ["insurer's invoice", 'Versicherungsrechnung'],
  },
  ...{
    623: ["forwarder's invoice", 'Spediteursrechnung'],
    633: ['port charges', 'Hafengebühren'],
    751: ['invoice for information', 'Rechnung zu Buchhaltungszwecken'],
  },
  ...{
    780: ['freight invoice', 'Frachtrechnung'],
    817: ['claim notification', 'Anspruchsanzeige'],
    870: ['consular invoice', 'Konsulatsrechnung'],
  },
  ...{
    875: ['partial construction invoice', 'Bauteilrechnung'],
    876: ['partial final construction invoice', 'Bauteilschlussrechnung'],
  },
  ...{ 877: ['final construction invoice', 'Bauschlussrechnung'], 935: ['customs invoice', 'Zollrechnung'] },
};

/** A code in words; undefined where nobody here knows it. */
export function codeWord(list: CodeList, code: string, language: Language): string | undefined {
  if (list === 'country' && /^[A-Z]{2}$/.test(code)) return displayed('region', code, language);
  if (list === 'currency' && /^[A-Z]{3}$/.test(code)) return displayed('currency', code, language);
  const words = (list === 'unit' ? units : list === 'invoice-type' ? invoiceTypes : {})[code];
  return words?.[language === 'en' ? 0 : 1];
}

const displayed = (type: 'region' | 'currency', code: string, language: Language): string | undefined =>
  new Intl.DisplayNames(language, { type, fallback: 'none' }).of(code);

/** The word with its code, by which others look it up; a code that is not known stands alone. */
export function codeInWords(list: CodeList, code: string, language: Language): string {
  const word = codeWord(list, code, language);
  return word === undefined ? code : `${word} (${code})`;
}
