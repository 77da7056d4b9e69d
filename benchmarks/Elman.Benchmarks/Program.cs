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
    try
    {
        Interleaved.Run(Console.Out, rounds);
        return 0;
    }
    catch (DisagreementException e)
    {
        Console.Error.WriteLine(e.Message);
        return 1;
    }
}

return BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args).All(summary => summary.Reports.All(report => report.Success)) ? 0 : 1;
