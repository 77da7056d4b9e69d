(SequenceDataset data, SequenceDataset validation) = BuiltInData.Load("synthetic-control", seed: 1, trainCases: 60, testCases: 12);
using var classifier = new SequenceClassifier(new TrainingOptions { Cell = "rnn", Model = new() { Layers = [8] }, Epochs = 2 });
using var source = new CancellationTokenSource();
CancellationToken token = source.Token;
int shown = 0;
void Show(TrainingProgress progress) => shown++;
//: block
Expect(summary.Epochs == 2 && !summary.Cancelled);
