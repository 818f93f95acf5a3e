from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("unit", models.CharField(max_length=400)),
                ("variable", models.CharField(max_length=40)),
                ("coder", models.CharField(max_length=150)),
                ("status", models.CharField(max_length=10)),
                ("turn", models.PositiveIntegerField()),
                ("codes", models.JSONField()),
                ("fingerprint", models.CharField(max_length=12)),
                ("decided_at", models.DateTimeField()),
                ("unsure", models.BooleanField(default=False)),
                ("remark", models.TextField(default="")),
                ("probability", models.FloatField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("unit", "variable", "coder", "status", "turn"),
                        name="one_decision_a_turn",
                    )
                ]
            },
        ),
    ]
