using System.Text;
using Elman.Cli;

// Own streams instead of Console.Out: always UTF-8, and written in blocks instead of line by line.
var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var output = new StreamWriter(Console.OpenStandardOutput(), utf8, 1 << 14);
using var error = new StreamWriter(Console.OpenStandardError(), utf8, 1 << 10) { AutoFlush = true };
return CommandLine.Run(args, Terminal.OfProcess(output, TextWriter.Synchronized(error)));
