/** What a program that a test starts has besides its settings: no home, and the compiled code of the start before. */
export const programEnvironment = {
  PATH: process.env.PATH ?? '',
  HOME: '/nonexistent',
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? '',
};
