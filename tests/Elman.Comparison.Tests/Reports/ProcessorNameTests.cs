using Elman.Comparison.Reports;

namespace Elman.Comparison.Tests.Reports;

public class ProcessorNameTests
{
    [Fact]
    public void The_first_model_name_counts() => Assert.Equal(
        "Some CPU: 8 cores",
        ProcessorName.FromList(["processor\t: 0", "model\t\t: 1", "model name\t: Some CPU: 8 cores", "model name\t: other"]));

    [Theory]
    [InlineData("processor : 0")]
    [InlineData("model name : ")]
    [InlineData("")]
    public void A_list_without_one_gives_none(string line) => Assert.Null(ProcessorName.FromList([line]));
}
