import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  findErrorsByName,
  formatErrorCode,
  listEqualErrorCodes,
  nameErrorCode,
  parseErrorCode,
  parseNumberedError,
} from './error-codes.ts';

const uint32 = fc.integer({ min: 0, max: 0xffffffff });

describe('an error code', () => {
  test.each(['0x80070002', '80070002', '-2147024894', '2147942402', '0X80070002', '0xFFFFFFFF80070002'])(
    'is the same error however it is spelled: %s',
    (spelling) => {
      expect(parseErrorCode(spelling)).toBe(0x80070002);
      expect(nameErrorCode(0x80070002).map(({ name }) => name)).toContain('ERROR_FILE_NOT_FOUND');
    },
  );

  test('of few digits may leave out zeros only after 0x', () => {
    expect(parseErrorCode('0x133')).toBe(0x133);
    expect(parseErrorCode('133')).toBeNull();
    expect(parseNumberedError('5')).toBe(5);
  });

  test.each(['', 'outlook', '0x', '0x123456789', '-2147483649', '1234567', 'g0070002', '1.5'])(
    'is not seen in %j',
    (text) => expect(parseErrorCode(text)).toBeNull(),
  );

  test('is read back from the spelling that is shown', () => {
    fc.assert(fc.property(uint32, (code) => parseErrorCode(formatErrorCode(code)) === code));
  });

  test('is read back from a signed number', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -0x80000000, max: -1 }),
        (signed) => parseErrorCode(`${signed}`) === signed >>> 0,
      ),
    );
  });

  test('equals its HRESULT, and that one equals it', () => {
    expect(listEqualErrorCodes(5)).toEqual([5, 0x80070005]);
    fc.assert(
      fc.property(uint32, (code) =>
        listEqualErrorCodes(code).every((other) => listEqualErrorCodes(other).includes(code)),
      ),
    );
  });

  test('has names of every family', () => {
    const nameOf = (code: number) => nameErrorCode(code).map(({ name }) => name);
    expect(nameOf(0x80004005)).toContain('E_FAIL');
    expect(nameOf(0xc0000022)).toContain('STATUS_ACCESS_DENIED');
    expect(nameOf(0x80240001)).toContain('WU_E_NO_SERVICE');
    expect(nameOf(0x1a)).toContain('MEMORY_MANAGEMENT');
    expect(nameOf(10061)).toContain('WSAECONNREFUSED');
    expect(nameOf(0x12345678)).toEqual([]);
  });

  test('is found by its name', () => {
    expect(findErrorsByName('error_file_not_found')).toMatchObject([{ code: 2, family: 'win32' }]);
    expect(findErrorsByName('NO_SUCH_NAME')).toEqual([]);
  });
});
