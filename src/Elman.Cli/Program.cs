using System.Text;
using Elman.Cli;

// Custom streams instead of Console.Out: always UTF-8, and written in blocks instead of line by line.
var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
ReaderAwareStream stream = StandardStreams.Output();
// A person at a terminal sees progress as it is drawn.
var output = new StreamWriter(stream, utf8, 1 << 14) { AutoFlush = !Console.IsOutputRedirected };
using var error = new StreamWriter(new ReaderAwareStream(Console.OpenStandardError()), utf8, 1 << 10) { AutoFlush = true };
// The command flushes the output and reports if this fails, so it is not flushed again.
return CommandLine.Run(args, Terminal.OfProcess(output, TextWriter.Synchronized(error), () => stream.IsReaderGone));
