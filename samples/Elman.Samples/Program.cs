using Elman.Samples;

Samples.Run(Console.Out);
