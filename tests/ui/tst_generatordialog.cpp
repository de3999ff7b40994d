// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/generation/generators.h"
#include "tests/settings/storedsecrets.h"
#include "tests/ui/activation.h"
#include "tests/ui/answers.h"
#include "ui/generation/generatordialog.h"
#include "ui/look/theme.h"
#include "ui/widgets/numberbox.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

class TestGeneratorDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void listsTheBuiltInOnes();
    void addsRenamesAndRemoves();
    void saysWhatIsWrong();
    void neverShowsAKey();
    void testsAConnection();
    void savesEverythingButTheKey();
    void leavesNumbersAsTheyAre();
    void asksBeforeChangesAreLost();

private:
    template<typename T>
    T *field(const char *name) const
    {
        T *found = m_dialog->findChild<T *>(QLatin1String(name));
        if (!found) {
            qFatal("there is no %s", name);
        }
        return found;
    }
    QListWidget *list() const { return field<QListWidget>("generators"); }
    QPushButton *save() const
    {
        return m_dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    }
    void choose(const QString &name)
    {
        const auto found = list()->findItems(name, Qt::MatchExactly);
        QCOMPARE(found.size(), 1);
        list()->setCurrentItem(found.first());
    }
    void typeNumber(const char *name, const QString &text)
    {
        auto *line = field<NumberBox>(name)->findChild<QLineEdit *>();
        line->selectAll();
        QTest::keyClicks(line, text);
    }
    void type(const char *name, const QString &text)
    {
        auto *line = field<QLineEdit>(name);
        line->setFocus();
        QTest::keyClick(line, Qt::Key_A, Qt::ControlModifier);
        if (text.isEmpty()) {
            QTest::keyClick(line, Qt::Key_Delete);
        }
        QTest::keyClicks(line, text);
    }

    QTemporaryDir m_home;
    std::unique_ptr<GeneratorDialog> m_dialog;
};

void TestGeneratorDialog::initTestCase()
{
    qputenv("XDG_CONFIG_HOME", m_home.path().toUtf8());
    qunsetenv("DBUS_SESSION_BUS_ADDRESS"); // no keychain of whoever runs this
    for (const char *name :
         {"TIMELINE_LLM_PROVIDER", "TIMELINE_LLM_URL", "TIMELINE_LLM_MODEL", "TIMELINE_LLM_KEY"}) {
        qunsetenv(name);
    }
}

void TestGeneratorDialog::init()
{
    m_dialog = std::make_unique<GeneratorDialog>();
    m_dialog->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
    QVERIFY(activate(m_dialog.get()));
}

void TestGeneratorDialog::cleanup()
{
    m_dialog.reset();
}

void TestGeneratorDialog::listsTheBuiltInOnes()
{
    QCOMPARE(list()->count(), 5);
    QCOMPARE(list()->currentItem()->text(), QStringLiteral("offline"));
    QVERIFY(field<QLineEdit>("generatorName")->isReadOnly());
    QVERIFY(!field<QToolButton>("removeGenerator")->isEnabled());
    QVERIFY(!field<QLineEdit>("generatorBase")->isVisible());
    choose(QStringLiteral("openai"));
    QVERIFY(field<QLineEdit>("generatorBase")->isVisible());
    QVERIFY(field<QLineEdit>("generatorBase")->text().endsWith(QStringLiteral("/v1")));
    QVERIFY(save()->isEnabled());
}

void TestGeneratorDialog::addsRenamesAndRemoves()
{
    QTest::mouseClick(field<QToolButton>("addGenerator"), Qt::LeftButton);
    QCOMPARE(list()->count(), 6);
    QVERIFY(field<QLineEdit>("generatorName")->hasFocus());
    type("generatorName", QStringLiteral("Groq"));
    QCOMPARE(list()->currentItem()->text(), QStringLiteral("Groq"));
    QVERIFY(field<QComboBox>("defaultGenerator")->findText(QStringLiteral("Groq")) >= 0);
    QTest::mouseClick(field<QToolButton>("duplicateGenerator"), Qt::LeftButton);
    QCOMPARE(list()->count(), 7);
    QVERIFY(list()->currentItem()->text() != QStringLiteral("Groq"));
    QTest::mouseClick(field<QToolButton>("removeGenerator"), Qt::LeftButton);
    QCOMPARE(list()->count(), 6);
}

void TestGeneratorDialog::saysWhatIsWrong()
{
    choose(QStringLiteral("openai"));
    auto *error = field<QLabel>("generatorBaseError");
    QVERIFY(!error->isVisible());
    type("generatorBase", QStringLiteral("not an address"));
    QVERIFY(error->isVisible());
    QVERIFY(!save()->isEnabled());
    QCOMPARE(field<QLineEdit>("generatorBase")->text(), QStringLiteral("not an address"));
    type("generatorBase", QStringLiteral("http://model.example/v1"));
    QVERIFY(error->isVisible()); // in the clear
    QTest::mouseClick(field<QCheckBox>("generatorPlainHttp"), Qt::LeftButton, {},
                      QPoint(6, field<QCheckBox>("generatorPlainHttp")->height() / 2));
    QVERIFY(!error->isVisible());
    QVERIFY(save()->isEnabled());
    type("promptPrice", QStringLiteral("cheap"));
    QVERIFY(!m_dialog->form()->profile().promptPrice);
    type("promptPrice", QStringLiteral("0.5"));
    QCOMPARE(m_dialog->form()->profile().promptPrice.value_or(0), 0.5);
    type("promptPrice", QStringLiteral("0,25"));
    QCOMPARE(m_dialog->form()->profile().promptPrice.value_or(0), 0.25);
    // Not the part of it that could be read.
    type("promptPrice", QStringLiteral("1.000,50"));
    QVERIFY(!m_dialog->form()->profile().promptPrice);
    QVERIFY(isMarkedRefused(field<QLineEdit>("promptPrice")));
    const double deadline = field<NumberBox>("generatorDeadline")->value();
    typeNumber("generatorDeadline", QStringLiteral("1,2.3"));
    QVERIFY(isMarkedRefused(field<NumberBox>("generatorDeadline")));
    QCOMPARE(field<NumberBox>("generatorDeadline")->value(), deadline);
    QTest::keyClick(field<NumberBox>("generatorDeadline"), Qt::Key_Escape);
    QVERIFY(!isMarkedRefused(field<NumberBox>("generatorDeadline")));

    QTest::mouseClick(field<QToolButton>("addGenerator"), Qt::LeftButton);
    type("generatorName", QStringLiteral("openai"));
    QVERIFY(field<QLabel>("generatorNameError")->isVisible());
    QVERIFY(!save()->isEnabled());
}

void TestGeneratorDialog::neverShowsAKey()
{
    choose(QStringLiteral("anthropic"));
    auto *key = field<QLineEdit>("generatorKey");
    QVERIFY(!field<QPushButton>("keyForSession")->isEnabled());
    QVERIFY(key->echoMode() == QLineEdit::Password);
    type("generatorKey", QStringLiteral("sk-secret"));
    QTest::mouseClick(field<QPushButton>("keyForSession"), Qt::LeftButton);
    QVERIFY(key->text().isEmpty());
    QTRY_VERIFY(field<QPushButton>("forgetKey")->isEnabled());
    const GeneratorProfile profile = m_dialog->form()->profile();
    QVERIFY(secretOf(Generators::secretName(profile)).value == "sk-secret");
    choose(QStringLiteral("openai"));
    choose(QStringLiteral("anthropic"));
    QVERIFY(key->text().isEmpty());
    QTRY_VERIFY(field<QPushButton>("forgetKey")->isEnabled());
    QTest::mouseClick(field<QPushButton>("forgetKey"), Qt::LeftButton);
    QVERIFY(!field<QPushButton>("forgetKey")->isEnabled());
    QVERIFY(secretOf(Generators::secretName(profile)).value.isEmpty());
}

void TestGeneratorDialog::testsAConnection()
{
    choose(QStringLiteral("ollama"));
    Continuation<ConnectionReport> answer;
    GeneratorProfile asked;
    m_dialog->form()->setTester(
        [&](const GeneratorProfile &profile, const Continuation<ConnectionReport> &done) {
            asked = profile;
            answer = done;
        });
    auto *button = field<QPushButton>("testConnection");
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_COMPARE(asked.name, QStringLiteral("ollama"));
    const QString before = button->text();
    // While it is asked the same button cancels it.
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(button->text() != before);
    QVERIFY(field<QLabel>("testResult")->text().contains(QStringLiteral("cancelled")));
    answer = {};
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_VERIFY(answer.isAwaited());
    ConnectionReport report;
    report.sentence = QStringLiteral("There is no model llama3.2; pull it first.");
    answer(report);
    QCOMPARE(field<QLabel>("testResult")->text(), report.sentence);
}

/** Longer than a field would show them, and beyond what may be typed: looking on changes none. */
void TestGeneratorDialog::leavesNumbersAsTheyAre()
{
    m_dialog.reset();
    GeneratorProfile exact;
    exact.name = QStringLiteral("Exact");
    exact.kind = GeneratorProfile::Kind::OpenAi;
    exact.base = QUrl(QStringLiteral("https://api.example.org/v1"));
    exact.model = QStringLiteral("m");
    exact.promptPrice = 0.123456789;
    exact.completionPrice = 1234.5;
    exact.temperature = 0.725;
    exact.deadline = std::chrono::milliseconds(1500);
    exact.maximumTokens = 50;
    QVERIFY(Generators::save(Generators::builtIn() + QList<GeneratorProfile>{exact}).has_value());
    GenerationBudget budget;
    budget.maximumTokens = 3'000'000'000;
    budget.maximumCost = 1.2345;
    Generators::setBudget(budget);
    const GeneratorProfile before = Generators::all().last();
    const QLocale usual;
    QLocale::setDefault(QLocale(QLocale::German));
    m_dialog = std::make_unique<GeneratorDialog>();
    m_dialog->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
    auto *list = field<QListWidget>("generators");
    list->setCurrentRow(list->count() - 1);
    QCOMPARE(field<QLineEdit>("promptPrice")->text(), QStringLiteral("0.123456789"));
    QVERIFY(!field<NumberBox>("budgetCost")->text().contains(QChar(0x20AC)));
    type("generatorModel", QStringLiteral("other")); // any edit reads all fields
    QTest::mouseClick(save(), Qt::LeftButton);
    QLocale::setDefault(usual);
    GeneratorProfile wanted = before;
    wanted.model = QStringLiteral("other");
    QVERIFY(Generators::all().last() == wanted);
    QCOMPARE(Generators::budget().maximumTokens, budget.maximumTokens);
    QCOMPARE(Generators::budget().maximumCost, budget.maximumCost);
}

void TestGeneratorDialog::savesEverythingButTheKey()
{
    QTest::mouseClick(field<QToolButton>("addGenerator"), Qt::LeftButton);
    type("generatorName", QStringLiteral("Local"));
    type("generatorBase", QStringLiteral("http://localhost:8080/v1/"));
    type("generatorModel", QStringLiteral("qwen"));
    type("generatorKey", QStringLiteral("sk-secret"));
    typeNumber("generatorDeadline", QStringLiteral("30"));
    field<QComboBox>("defaultGenerator")->setCurrentText(QStringLiteral("Local"));
    Q_EMIT field<QComboBox>("defaultGenerator")->activated(5);
    typeNumber("budgetTokens", QStringLiteral("50000"));
    auto *fallback = field<QComboBox>("generatorFallback");
    fallback->setCurrentIndex(fallback->findData(int(Generators::Fallback::Skip)));
    QTest::mouseClick(save(), Qt::LeftButton);
    QCOMPARE(m_dialog->result(), int(QDialog::Accepted));
    const QList<GeneratorProfile> all = Generators::all();
    QCOMPARE(all.size(), 6);
    QCOMPARE(all.last().name, QStringLiteral("Local"));
    QCOMPARE(all.last().base.toString(), QStringLiteral("http://localhost:8080/v1"));
    QVERIFY(all.last().deadline == std::chrono::seconds(30));
    QCOMPARE(Generators::defaultName(), QStringLiteral("Local"));
    QCOMPARE(Generators::budget().maximumTokens, qint64(50000));
    QVERIFY(Generators::fallback() == Generators::Fallback::Skip);
    const QDir folder(m_home.filePath(QStringLiteral("timeline-orchestrator")));
    for (const QString &name : folder.entryList(QDir::Files)) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains("sk-secret"), qPrintable(name));
    }
}

void TestGeneratorDialog::asksBeforeChangesAreLost()
{
    choose(QStringLiteral("openai"));
    type("generatorModel", QStringLiteral("another"));
    whenAsked<QMessageBox>([](QMessageBox *box) { box->button(QMessageBox::Cancel)->click(); });
    QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
    QVERIFY(m_dialog->isVisible());
    whenAsked<QMessageBox>([](QMessageBox *box) { box->button(QMessageBox::Discard)->click(); });
    QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
    QVERIFY(!m_dialog->isVisible());
}

QTEST_MAIN(TestGeneratorDialog)
#include "tst_generatordialog.moc"
