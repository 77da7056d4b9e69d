using BenchmarkDotNet.Running;

return BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args).All(summary => summary.Reports.All(report => report.Success))
    ? 0
    : 1;
