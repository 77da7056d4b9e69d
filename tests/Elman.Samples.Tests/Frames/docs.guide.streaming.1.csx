(SequenceDataset data, SequenceDataset validation) = BuiltInData.Load("synthetic-control", seed: 1, trainCases: 60, testCases: 12);
using var classifier = new SequenceClassifier(new TrainingOptions { Cell = "rnn", Model = new() { Layers = [8] }, Epochs = 2 });
classifier.Fit(data);
float[] values = [data[0].Values.Span[0]];
//: block
Expect(prediction.Length == 6 && session.Steps == 1);
