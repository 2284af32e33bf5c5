/** What happens when what we print to goes away, or is full. */
export function surviveClosedPipes(complain: (message: string) => void): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // `omcm … | head` has seen enough, which is no failure: there is nobody left to tell.
    if (error.code === 'EPIPE') process.exit();
    complain(error.message);
    process.exit(1);
  });
  process.stderr.on('error', () => {});
}
