// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/generation/generatorprofile.h"
#include "ui/prompt/promptdraft.h"

#include <QWidget>

class NumberBox;
class QCheckBox;
class QComboBox;
class QGridLayout;
class QLabel;
class SegmentedControl;

/** For which service a prompt is, how grave it is, and who makes how many variants of it. */
class RequestForm : public QWidget
{
    Q_OBJECT

public:
    explicit RequestForm(QWidget *parent = nullptr);

    /** Shown, not told. */
    void setDraft(const PromptDraft &draft);
    /** Those of a saved prompt; an empty service leaves what stands there. Shown, not told. */
    void choose(const QString &service, Severity severity);
    /** Returns the draft with what the fields say in place of its own. */
    PromptDraft appliedTo(PromptDraft draft) const;
    /** Says what the draft comes to: whether its service is allowed, and about how many tokens. */
    void follow(const PromptDraft &draft);

    /** To choose from. */
    void setServices(const QStringList &services);
    /** Keeps the choice where it is still there. */
    void setProfiles(const QList<GeneratorProfile> &profiles, const QString &fallback);
    std::optional<GeneratorProfile> profile() const;
    int variants() const;
    /** The seed of the first variant of the next generation. */
    qint64 nextSeed();

Q_SIGNALS:
    /** A field of the draft says something else. */
    void edited();
    void profileChanged();
    void settingsRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *makeService();
    QWidget *makeProfile();
    QWidget *makeSeed();
    QWidget *makeVariants();
    void makeRows();
    void addRow(QGridLayout *grid, const QString &label, QWidget *field);
    void connectFields();
    void describe();

    QList<GeneratorProfile> m_profiles;
    qsizetype m_letters = 0; ///< of the prompt

    QComboBox *m_service = nullptr;
    QLabel *m_serviceError = nullptr;
    SegmentedControl *m_severity = nullptr;
    QComboBox *m_profile = nullptr;
    QLabel *m_what = nullptr;
    NumberBox *m_seed = nullptr;
    QCheckBox *m_newSeed = nullptr;
    NumberBox *m_variants = nullptr;
    QLabel *m_estimate = nullptr;
};
