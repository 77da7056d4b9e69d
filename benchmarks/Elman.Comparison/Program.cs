using Elman.Comparison;
using Elman.Comparison.CommandLine;

// Tables contain characters outside ASCII.
Console.OutputEncoding = System.Text.Encoding.UTF8;
try
{
    Settings? settings = Switches.Parse(args, Environment.GetEnvironmentVariable);
    if (settings is null)
    {
        Console.Out.WriteLine(Switches.Help);
        return 0;
    }
    return Session.Run(settings, Console.Out);
}
catch (SwitchException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
