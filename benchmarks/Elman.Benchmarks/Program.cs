using System.Globalization;
using BenchmarkDotNet.Running;
using Elman.Benchmarks.TrainingSteps;

if (args is ["--interleaved", ..])
{
    int rounds = 25;
    if (args.Length > 2 || (args.Length == 2 && !(int.TryParse(args[1], NumberStyles.None, CultureInfo.InvariantCulture, out rounds) && rounds > 0)))
    {
        Console.Error.WriteLine("After --interleaved comes nothing, or the number of rounds, at least 1.");
        return 2;
    }
    Interleaved.Run(Console.Out, rounds);
    return 0;
}

_ = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
